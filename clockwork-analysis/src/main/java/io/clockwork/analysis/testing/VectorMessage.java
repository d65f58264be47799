package io.clockwork.analysis.testing;

import io.clockwork.VectorTimestamp;
import java.util.BitSet;
import java.util.List;

/** Says why two vectors relate as they do: which component decides, and both of them aligned. */
final class VectorMessage {
    private static final int MAX_ROWS = 12;

    private final String nameA;
    private final String nameB;
    private final VectorTimestamp a;
    private final VectorTimestamp b;
    private final List<String> nodes;
    /** The rows of the components that decide. */
    private final BitSet deciding = new BitSet();

    private final StringBuilder out = new StringBuilder();

    private VectorMessage(String nameA, VectorTimestamp a, String nameB, VectorTimestamp b) {
        this.nameA = nameA;
        this.nameB = nameB;
        this.a = a;
        this.b = b;
        nodes = a.merge(b).nodes();
    }

    static String of(String expected, String nameA, VectorTimestamp a, String nameB, VectorTimestamp b) {
        return new VectorMessage(nameA, a, nameB, b).render(expected);
    }

    private String render(String expected) {
        out.append(expected).append(", but ");
        switch (a.compare(b)) {
            case EQUAL -> out.append("they are equal.\nNo node's counter differs: they are one event.\n");
            case HAPPENS_BEFORE -> ordered(nameA, a, nameB, b);
            case HAPPENS_AFTER -> ordered(nameB, b, nameA, a);
            case CONCURRENT -> {
                out.append("they are concurrent.\n");
                unseen(nameA, a, nameB, b);
                unseen(nameB, b, nameA, a);
            }
        }
        table();
        return out.toString();
    }

    private void ordered(String first, VectorTimestamp earlier, String second, VectorTimestamp later) {
        out.append(first).append(" happened before ").append(second).append(".\n");
        int row = decidingRow(later, earlier);
        out.append(first).append(" has ").append(entry(row, earlier));
        out.append(" and ").append(second).append(" has ").append(entry(row, later));
        out.append(", and no counter of ").append(first).append(" is larger: ");
        out.append(second).append(" has seen ").append(first).append(".\n");
    }

    /** Names what {@code first} knows and {@code second} does not. */
    private void unseen(String first, VectorTimestamp one, String second, VectorTimestamp other) {
        int row = decidingRow(one, other);
        out.append(second).append(" has ").append(entry(row, other));
        out.append(" and ").append(first).append(" has ").append(entry(row, one));
        out.append(": ")
                .append(second)
                .append(" cannot have seen ")
                .append(first)
                .append(".\n");
    }

    /** {@return the row in which {@code larger} is ahead: its owner's, where that is one, for it alone tells events apart} */
    private int decidingRow(VectorTimestamp larger, VectorTimestamp smaller) {
        String owner = larger.owner().orElse("");
        int row = -1;
        for (int i = 0; i < nodes.size(); i++) {
            String node = nodes.get(i);
            if (larger.get(node) > smaller.get(node) && (row < 0 || node.equals(owner))) {
                row = i;
            }
        }
        deciding.set(row);
        return row;
    }

    private String entry(int row, VectorTimestamp timestamp) {
        String node = nodes.get(row);
        return Shown.name(node) + '=' + timestamp.get(node);
    }

    private void table() {
        BitSet rows = rows();
        int left = "node".length();
        int columnA = nameA.length();
        int columnB = nameB.length();
        for (int i = rows.nextSetBit(0); i >= 0; i = rows.nextSetBit(i + 1)) {
            left = Math.max(left, Shown.name(nodes.get(i)).length());
            columnA = Math.max(columnA, Long.toString(a.get(nodes.get(i))).length());
            columnB = Math.max(columnB, Long.toString(b.get(nodes.get(i))).length());
        }
        out.append('\n');
        row(Shown.padded("node", left), Shown.rightAligned(nameA, columnA), Shown.rightAligned(nameB, columnB), "");
        int next = 0;
        for (int i = rows.nextSetBit(0); i >= 0; i = rows.nextSetBit(i + 1)) {
            gap(i - next);
            next = i + 1;
            String node = nodes.get(i);
            row(
                    Shown.padded(Shown.name(node), left),
                    Shown.rightAligned(Long.toString(a.get(node)), columnA),
                    Shown.rightAligned(Long.toString(b.get(node)), columnB),
                    deciding.get(i) ? "   <-- decides" : "");
        }
        gap(nodes.size() - next);
    }

    /** {@return the rows to show: all of them, or those around what decides} */
    private BitSet rows() {
        BitSet rows = new BitSet();
        if (nodes.size() <= MAX_ROWS) {
            rows.set(0, nodes.size());
            return rows;
        }
        if (deciding.isEmpty()) {
            rows.set(0, MAX_ROWS / 2);
        }
        for (int i = deciding.nextSetBit(0); i >= 0; i = deciding.nextSetBit(i + 1)) {
            rows.set(Math.max(0, i - 2), Math.min(nodes.size(), i + 3));
        }
        return rows;
    }

    private void gap(int skipped) {
        if (skipped > 0) {
            out.append("  ... ").append(Shown.count(skipped, "more node")).append('\n');
        }
    }

    private void row(String node, String first, String second, String mark) {
        out.append("  ").append(node).append("  ").append(first).append("  ").append(second);
        out.append(mark).append('\n');
    }
}
