package io.clockwork.analysis.cli;

import java.util.Collection;

/** The word that was probably meant. */
final class Nearest {
    private static final int MAX_LENGTH = 40;

    private Nearest() {}

    /** {@return a question that names the nearest word, or nothing where none is near} */
    static String hint(String word, Collection<String> known) {
        String nearest = "";
        int least = Math.max(1, Math.min(3, word.length() / 3)) + 1;
        if (word.length() <= MAX_LENGTH) {
            for (String candidate : known) {
                int distance = candidate.startsWith(word) && word.length() > 2 ? 1 : distance(word, candidate);
                if (distance < least) {
                    least = distance;
                    nearest = candidate;
                }
            }
        }
        return nearest.isEmpty() ? "" : " (did you mean " + nearest + "?)";
    }

    /** {@return how many letters to insert, delete or replace (V. Levenshtein, Soviet Physics Doklady 10(8), 1966)} */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
