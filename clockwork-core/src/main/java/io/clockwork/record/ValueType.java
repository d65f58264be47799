package io.clockwork.record;

import org.jspecify.annotations.Nullable;

/** What a data cell of an event holds. */
enum ValueType {
    NONE,
    CAUSE,
    LONG,
    OBJECT,
    CAUSE_AND_OBJECT,
    /** The id of a message that was sent. */
    SPAN,
    /** The object is the id of a message that was received. */
    MESSAGE;

    private static final ValueType[] ALL = values();

    static ValueType at(int ordinal) {
        return ALL[ordinal];
    }

    @Nullable
    Object value(long data, @Nullable Object object) {
        return switch (this) {
            case NONE, CAUSE, SPAN, MESSAGE -> null;
            case LONG -> data;
            case OBJECT, CAUSE_AND_OBJECT -> object;
        };
    }

    @Nullable
    MessageId message(TraceContext trace, long data, @Nullable Object object) {
        return switch (this) {
            case SPAN -> new MessageId(trace.high(), trace.low(), data);
            case MESSAGE -> (MessageId) object;
            default -> null;
        };
    }

    boolean hasCause() {
        return this == CAUSE || this == CAUSE_AND_OBJECT;
    }

    /**
     * {@return what is kept of a value: the value itself where it is an immutable one of the JDK, otherwise its class
     * and identity, because asking it for more would run the application's code}
     */
    static Object snapshot(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof String || value instanceof Boolean || value instanceof Character) {
            return value;
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Number && value.getClass().getName().startsWith("java.lang.")) {
            return value;
        }
        return value.getClass().getSimpleName() + '@' + Integer.toHexString(System.identityHashCode(value));
    }
}
