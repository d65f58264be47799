package io.clockwork.analysis.cli.browse;

/**
 * Where one is.
 *
 * @param kind what is shown
 * @param number of which trace, event, path, service, finding or note; otherwise 0
 * @param name of which variable; otherwise empty
 * @param cursor the row that is selected
 * @param top the first row that shows
 */
record Place(Kind kind, int number, String name, int cursor, int top) {
    static Place of(Kind kind, int number) {
        return new Place(kind, number, "", 0, 0);
    }

    static Place of(Kind kind) {
        return of(kind, 0);
    }

    static Place trail(String variable) {
        return new Place(Kind.TRAIL, 0, variable, 0, 0);
    }

    Place at(int row) {
        return new Place(kind, number, name, row, top);
    }

    Place from(int first) {
        return new Place(kind, number, name, cursor, first);
    }
}
