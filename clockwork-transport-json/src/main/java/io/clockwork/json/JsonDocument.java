package io.clockwork.json;

import io.clockwork.CausalityCodecException.Reason;

/** An object in bytes: its ends, and its parts. */
final class JsonDocument {
    private JsonDocument() {}

    /** {@return the place of the brace that opens the object} */
    static int openingBrace(byte[] json) {
        int p = JsonSyntax.skipSpace(json, 0, json.length);
        if (p == json.length) {
            throw new JsonFault(
                    Reason.EMPTY, JsonFault.DOCUMENT, JsonFault.NOWHERE, "expected an object, found nothing");
        }
        if (json[p] != '{') {
            throw new JsonFault(Reason.WRONG_TYPE, JsonFault.DOCUMENT, p, "expected an object");
        }
        return p;
    }

    /**
     * Returns the place behind the last member of an object, or behind its opening brace when it has none. The object is
     * taken as well-formed, and only its ends are looked at; whatever it is, the place is behind that brace.
     */
    static int trustedEnd(byte[] json) {
        int open = openingBrace(json);
        int p = json.length - 1;
        while (p > open && json[p] <= ' ' && json[p] >= 0) {
            p--;
        }
        if (p == open || json[p] != '}') {
            throw new JsonFault(Reason.TRUNCATED, JsonFault.DOCUMENT, json.length, "expected an object to end here");
        }
        do {
            p--;
        } while (p > open && json[p] <= ' ' && json[p] >= 0);
        return p + 1;
    }

    /** {@return the place of the value of the member whose name stands at {@code quote}; the document is well-formed} */
    static int valueOf(byte[] json, int quote) {
        return JsonSyntax.skipName(json, quote, json.length);
    }

    /** {@return the document without the member between these places, and without the one comma that goes with it} */
    static byte[] cut(byte[] json, int quote, int behindValue) {
        int from = quote;
        int to = behindValue;
        int before = quote - 1;
        while (json[before] != ',' && json[before] != '{') { // white space
            before--;
        }
        if (json[before] == ',') {
            from = before;
        } else {
            int next = JsonSyntax.skipSpace(json, behindValue, json.length);
            to = json[next] == ',' ? next + 1 : to;
        }
        byte[] rest = new byte[json.length - (to - from)];
        System.arraycopy(json, 0, rest, 0, from);
        System.arraycopy(json, to, rest, from, json.length - to);
        return rest;
    }
}
