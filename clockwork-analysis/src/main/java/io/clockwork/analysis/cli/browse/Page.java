package io.clockwork.analysis.cli.browse;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rows of which only those are made that show. */
interface Page {
    String title();

    /** {@return what to say where there are no rows} */
    default String empty() {
        return "there is nothing here";
    }

    int size();

    Line line(int row);

    /** {@return where Enter leads to, if anywhere} */
    default @Nullable Place open(int row) {
        return null;
    }

    /** {@return whether a row holds text that is in lower case} */
    default boolean holds(int row, String text) {
        return line(row).text().toLowerCase(Locale.ROOT).contains(text);
    }

    /** {@return how many lines below the rows tell more of the selected one} */
    default int previewSize() {
        return 0;
    }

    default List<Line> preview(int row) {
        return List.of();
    }
}
