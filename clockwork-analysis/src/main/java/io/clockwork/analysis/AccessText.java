package io.clockwork.analysis;

import java.util.List;

/** Shows the accesses of two tasks in two columns, one row each, from top to bottom in the order in which they came. */
final class AccessText {
    private final TextPage page;

    AccessText(TextPage page) {
        this.page = page;
    }

    static String label(Access access) {
        return "task " + access.taskNumber() + ": "
                + (access.operation().isEmpty() ? access.task() : access.operation());
    }

    private static String place(Access access) {
        String thread = access.thread().isEmpty() ? access.service() : "thread " + access.thread();
        return access.locks().isEmpty() ? thread : thread + ", holds " + String.join(", ", access.locks());
    }

    static String describe(Access access) {
        String verb = access.write() ? "write" : "read";
        return access.value() == null ? verb : verb + ' ' + access.value();
    }

    static boolean sameTask(Access a, Access b) {
        return a.taskNumber() == b.taskNumber();
    }

    void heads(Access left, Access right) {
        page.columns(strong(label(left)), strong(label(right)));
        String leftService = left.service();
        if (!leftService.equals(right.service()) && !left.thread().isEmpty()) {
            page.columns(page.column("service " + leftService), page.column("service " + right.service()));
        }
        page.columns(page.column(place(left)), page.column(place(right)));
        page.rules();
    }

    private String strong(String text) {
        return page.paint(TextPage.Ink.STRONG, page.column(text));
    }

    /** Writes a row on the left if {@code access} is of the task of {@code left}. */
    void row(Access access, Access left, String prefix) {
        String cell = page.cell(prefix + describe(access), access.site());
        boolean own = sameTask(access, left);
        page.columns(own ? cell : "", own ? "" : cell);
    }

    void rows(List<Access> accesses, Access left) {
        accesses.forEach(access -> row(access, left, ""));
    }
}
