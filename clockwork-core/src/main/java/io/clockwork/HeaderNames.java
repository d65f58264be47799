package io.clockwork;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The names under which a codec finds its headers.
 *
 * @param lamport of a Lamport timestamp
 * @param vector of a vector timestamp
 * @param eventId of an event's id
 * @param eventType of an event's type
 */
public record HeaderNames(String lamport, String vector, String eventId, String eventType) {
    /**
     * Creates names.
     *
     * @throws IllegalArgumentException if one is empty, holds a control character, or is another's too, ignoring case
     */
    public HeaderNames {
        Set<String> seen = new HashSet<>();
        for (String name : List.of(lamport, vector, eventId, eventType)) {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("header names must not be empty");
            }
            if (name.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("header name \"" + Excerpt.of(name)
                        + "\" must hold no control characters, which would break the headers");
            }
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("header name \"" + Excerpt.of(name)
                        + "\" stands twice, ignoring case; each needs a name of its own");
            }
        }
    }
}
