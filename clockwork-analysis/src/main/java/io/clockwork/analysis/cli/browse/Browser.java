package io.clockwork.analysis.cli.browse;

import io.clockwork.analysis.TextStyle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What shows and what a key changes about it; knows nothing of terminals. For one thread.
 *
 * <p>Places are a stack: Enter goes deeper, Esc comes back, and a digit begins a new one where that view was left.
 */
final class Browser {
    /** Title, views and status. */
    static final int FRAME = 3;
    /** The columns before each row, where the selected one is marked. */
    static final int MARGIN = 2;

    private static final int MAX_SEARCH = 200;
    private static final int MAX_DEPTH = 1_000;

    private final TextStyle style;
    private final List<Place> stack = new ArrayList<>();
    private final Map<Kind, Place> left = new EnumMap<>(Kind.class);
    private Snapshot snapshot;
    private Page page;
    private int trace;
    private String search = "";
    private @Nullable String typed;
    private String message = "";
    private boolean following;
    private boolean reload;
    private boolean redraw;
    private boolean done;
    private int width = 80;
    private int height = 24;

    Browser(Snapshot snapshot, TextStyle style, boolean following) {
        this.snapshot = snapshot;
        this.style = style;
        this.following = following;
        Place first = Place.of(snapshot.log.traceCount() > 1 ? Kind.TRACES : Kind.EVENTS);
        stack.add(first);
        page = snapshot.page(first, pen());
    }

    private Pen pen() {
        return new Pen(style, Math.max(1, width - MARGIN));
    }

    Place place() {
        return stack.get(stack.size() - 1);
    }

    Page page() {
        return page;
    }

    TextStyle style() {
        return style;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    boolean isDone() {
        return done;
    }

    boolean isFollowing() {
        return following;
    }

    String message() {
        return message;
    }

    /** {@return what is being typed as a search; null while none is} */
    @Nullable
    String typed() {
        return typed;
    }

    /** {@return the view to which what shows belongs} */
    Kind view() {
        return stack.get(0).kind();
    }

    /** {@return whether the files are to be read again, once} */
    boolean takeReload() {
        boolean wanted = reload;
        reload = false;
        return wanted;
    }

    /** {@return whether the screen is to be drawn as if nothing were on it, once} */
    boolean takeRedraw() {
        boolean wanted = redraw;
        redraw = false;
        return wanted;
    }

    void say(String text) {
        message = text;
    }

    void resize(int columns, int rows) {
        width = columns;
        height = rows;
        show(place());
    }

    /** Goes on with what was read again, at the same place; who stood at the end of a list stands at its end. */
    void show(Snapshot next) {
        int more = next.log.size() - snapshot.log.size();
        boolean atEnd = place().cursor() == page.size() - 1 && place().kind() != Kind.HELP;
        snapshot = next;
        trace = Math.min(trace, Math.max(0, next.log.traceCount() - 1));
        page = next.page(place(), pen());
        show(atEnd && page.size() > 0 ? place().at(page.size() - 1) : place());
        message = more == 0
                ? "read again: as many events"
                : "read again: " + Pen.count(Math.abs(more), "event") + (more > 0 ? " more" : " less");
    }

    /** The lines that rows get; those that tell more of the selected one need room. */
    int rows() {
        int all = Math.max(1, height - FRAME);
        return hasPreview() ? all - page.previewSize() - 1 : all;
    }

    boolean hasPreview() {
        return page.previewSize() > 0 && page.size() > 0 && height - FRAME >= 3 * page.previewSize();
    }

    private void show(Place place) {
        boolean same = place.kind() == place().kind()
                && place.number() == place().number()
                && place.name().equals(place().name());
        stack.set(stack.size() - 1, place);
        page = snapshot.page(place, pen());
        if (!same && (place.kind() == Kind.TREE || place.kind() == Kind.TRACE_EVENTS)) {
            trace = place.number();
        }
        move(place.cursor());
    }

    private void move(int row) {
        int cursor = Math.max(0, Math.min(row, page.size() - 1));
        int top = place().top();
        int rows = rows();
        top = Math.max(Math.min(top, cursor), cursor - rows + 1);
        top = Math.max(0, Math.min(top, page.size() - rows));
        stack.set(stack.size() - 1, place().at(cursor).from(top));
    }

    void press(String key) {
        message = "";
        if (typed != null) {
            type(key, typed);
            return;
        }
        Action action = Action.of(key);
        if (action == null) {
            message = key + " does nothing; ? lists the keys";
            return;
        }
        act(action, key);
    }

    private void act(Action action, String key) {
        int cursor = place().cursor();
        switch (action) {
            case DOWN -> move(cursor + 1);
            case UP -> move(cursor - 1);
            case PAGE_DOWN -> scroll(rows());
            case PAGE_UP -> scroll(-rows());
            case HALF_DOWN -> scroll(Math.max(1, rows() / 2));
            case HALF_UP -> scroll(-Math.max(1, rows() / 2));
            case FIRST -> move(0);
            case LAST -> move(page.size() - 1);
            case OPEN -> open();
            case BACK -> back();
            case VIEW -> go(Kind.VIEWS.get(key.charAt(0) - '1'));
            case NEXT_VIEW -> go(Kind.VIEWS.get((view().ordinal() + 1) % Kind.VIEWS.size()));
            case PREVIOUS_VIEW -> go(Kind.VIEWS.get((view().ordinal() + Kind.VIEWS.size() - 1) % Kind.VIEWS.size()));
            case SEARCH -> typed = "";
            case NEXT_MATCH -> find(1);
            case PREVIOUS_MATCH -> find(-1);
            case EVENTS -> ofTrace(Kind.TRACE_EVENTS);
            case TREE -> ofTrace(Kind.TREE);
            case NEXT_TRACE -> turn(1);
            case PREVIOUS_TRACE -> turn(-1);
            case FOLLOW -> {
                following = !following;
                message = following ? "following the files" : "not following any more";
            }
            case RELOAD -> {
                reload = true;
                message = "reading the files again";
            }
            case REDRAW -> redraw = true;
            case HELP -> {
                if (place().kind() != Kind.HELP) {
                    push(Place.of(Kind.HELP));
                }
            }
            case QUIT -> done = true;
        }
    }

    private void scroll(int rows) {
        stack.set(stack.size() - 1, place().from(place().top() + rows));
        move(place().cursor() + rows);
    }

    private void push(Place place) {
        if (stack.size() == MAX_DEPTH) {
            stack.remove(1);
        }
        stack.add(place());
        show(place);
    }

    private void open() {
        Place target = page.size() == 0 ? null : page.open(place().cursor());
        if (target == null) {
            message = "this line leads nowhere";
        } else {
            push(target);
        }
    }

    private void back() {
        if (stack.size() > 1) {
            stack.remove(stack.size() - 1);
            show(place());
        } else {
            message = "q quits";
        }
    }

    private void go(Kind kind) {
        left.put(view(), stack.get(0));
        stack.subList(1, stack.size()).clear();
        Place base = left.getOrDefault(kind, Place.of(kind));
        if (kind == Kind.TREE && base.number() != trace) {
            base = Place.of(kind, trace);
        }
        show(base);
    }

    /** {@return the trace that is meant where one stands} */
    private int here() {
        Place place = place();
        return switch (place.kind()) {
            case TRACES -> place.cursor();
            case EVENT -> snapshot.trace(Math.min(place.number(), snapshot.log.size() - 1));
            case EVENTS -> snapshot.trace(place.cursor());
            default -> trace;
        };
    }

    private void ofTrace(Kind kind) {
        if (snapshot.log.size() == 0) {
            message = "the log has no events";
        } else if (place().kind() != kind || place().number() != here()) {
            push(Place.of(kind, here()));
        }
    }

    private void turn(int step) {
        Place place = place();
        if (place.kind() != Kind.TREE && place.kind() != Kind.TRACE_EVENTS) {
            message = "tree and events of a trace go to the next one";
            return;
        }
        int next = place.number() + step;
        if (next < 0 || next >= snapshot.log.traceCount()) {
            message = step > 0 ? "this is the last trace" : "this is the first trace";
            return;
        }
        show(Place.of(place.kind(), next));
    }

    private void type(String key, String soFar) {
        switch (key) {
            case "Enter" -> {
                typed = null;
                search = soFar.isEmpty() ? search : soFar;
                find(1);
            }
            case "Esc", "Ctrl-c" -> typed = null;
            case "Backspace" ->
                typed = soFar.isEmpty() ? null : soFar.substring(0, soFar.offsetByCodePoints(soFar.length(), -1));
            case "Ctrl-u" -> typed = "";
            default -> {
                String text = key.equals("Space") ? " " : key;
                if (text.codePointCount(0, text.length()) == 1 && soFar.length() < MAX_SEARCH) {
                    typed = soFar + text;
                }
            }
        }
    }

    /** Goes to the next row that holds what is searched for, past the end on from the start. */
    private void find(int step) {
        if (search.isEmpty()) {
            message = "/ searches";
            return;
        }
        String wanted = search.toLowerCase(Locale.ROOT);
        int size = page.size();
        int cursor = place().cursor();
        for (int i = 1; i <= size; i++) {
            int row = Math.floorMod((long) cursor + (long) step * i, size);
            if (page.holds(row, wanted)) {
                boolean around = step > 0 ? row <= cursor : row >= cursor;
                move(row);
                message = (around ? "from the other end: " : "") + search;
                return;
            }
        }
        message = "not found: " + search;
    }
}
