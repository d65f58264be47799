package io.clockwork.analysis.cli;

/** Thrown when the words of a command line make no sense. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
