package io.clockwork;

/**
 * The names under which a codec finds its headers.
 *
 * @param lamport of a Lamport timestamp
 * @param vector of a vector timestamp
 * @param eventId of an event's id
 * @param eventType of an event's type
 */
public record HeaderNames(String lamport, String vector, String eventId, String eventType) {
    /** Creates names; throws {@link IllegalArgumentException} if one is empty. */
    public HeaderNames {
        if (lamport.isEmpty() || vector.isEmpty() || eventId.isEmpty() || eventType.isEmpty()) {
            throw new IllegalArgumentException("header names must not be empty");
        }
    }
}
