package io.clockwork.analysis;

/** Names threads, variables, locks and sites of a stream by their numbers. */
enum NumberNames implements RaceStream.Names {
    NUMBERS;

    @Override
    public String thread(int thread) {
        return "thread " + thread;
    }

    @Override
    public String variable(int variable) {
        return "x" + variable;
    }

    @Override
    public String lock(int lock) {
        return "lock " + lock;
    }

    @Override
    public String site(int site) {
        return "line " + site;
    }
}
