package io.clockwork.analysis.format;

import io.clockwork.analysis.RaceStream;

/** The names of an execution in the std format, by their numbers. */
final class StdNames implements RaceStream.Names {
    final ByteNames threads = new ByteNames("threads", 0);
    final ByteNames variables = new ByteNames("variables", 'V');
    final ByteNames locks = new ByteNames("locks", 'L');
    final ByteNames sites = new ByteNames("locations", 0);

    @Override
    public String thread(int number) {
        return threads.get(number);
    }

    @Override
    public String variable(int number) {
        return variables.get(number);
    }

    @Override
    public String lock(int number) {
        return locks.get(number);
    }

    @Override
    public String site(int number) {
        return sites.get(number);
    }
}
