package io.clockwork.analysis.cli.browse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What keys do. Help lists these, and nothing else is obeyed. */
enum Action {
    DOWN("next line", "j", "Down"),
    UP("previous line", "k", "Up"),
    OPEN("open the selected line", "Enter", "l", "Right"),
    BACK("back; closes this help", "Esc", "h", "Left", "Backspace"),
    PAGE_DOWN("next screen", "Ctrl-f", "PageDown", "Space"),
    PAGE_UP("previous screen", "Ctrl-b", "PageUp"),
    HALF_DOWN("half a screen down", "Ctrl-d"),
    HALF_UP("half a screen up", "Ctrl-u"),
    FIRST("first line", "g", "Home"),
    LAST("last line", "G", "End"),
    VIEW("go to a view", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
    NEXT_VIEW("next view", "Tab"),
    PREVIOUS_VIEW("previous view", "Shift-Tab"),
    SEARCH("search; Enter goes there, Esc does not", "/"),
    NEXT_MATCH("next match", "n"),
    PREVIOUS_MATCH("previous match", "N"),
    EVENTS("events of the trace", "e"),
    TREE("tree of the trace", "t"),
    NEXT_TRACE("next trace, in tree and events", "]"),
    PREVIOUS_TRACE("previous trace", "["),
    FOLLOW("follow the files as they grow, or no more", "f"),
    RELOAD("read the files again", "r"),
    REDRAW("draw the screen again", "Ctrl-l"),
    HELP("this help", "?"),
    QUIT("quit", "q", "Ctrl-c");

    private static final Pattern SPACE = Pattern.compile(" ");
    private static final Map<String, Action> BY_KEY = byKey();

    private final String does;
    /** With spaces between. */
    private final String keys;

    Action(String does, String... keys) {
        this.does = does;
        this.keys = String.join(" ", keys);
    }

    private static Map<String, Action> byKey() {
        Map<String, Action> byKey = new HashMap<>();
        for (Action action : values()) {
            action.keys().forEach(key -> byKey.put(key, action));
        }
        return Map.copyOf(byKey);
    }

    static @Nullable Action of(String key) {
        return BY_KEY.get(key);
    }

    List<String> keys() {
        return SPACE.splitAsStream(keys).toList();
    }

    String does() {
        return does;
    }

    static Page help(Pen pen) {
        Rows.Builder rows = new Rows.Builder(pen);
        for (Action action : values()) {
            String keys = action == VIEW ? "1 to 9" : String.join("  ", action.keys());
            rows.add(pen.line().cell(Tone.STRONG, keys, 26).add(action.does));
        }
        return rows.build("Keys");
    }

    /** {@return the keys of all actions} */
    static List<String> allKeys() {
        List<String> all = new ArrayList<>();
        for (Action action : values()) {
            all.addAll(action.keys());
        }
        return all;
    }
}
