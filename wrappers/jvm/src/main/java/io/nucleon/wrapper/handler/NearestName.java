package io.nucleon.wrapper.handler;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the name that a user may have meant: the least edits, packages and case counting little. */
final class NearestName {

    private NearestName() {}

    /** The nearest of {@code names}, which must hold one at least. */
    static String of(String wanted, List<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(name -> distance(simple(wanted), simple(name))))
                .orElseThrow();
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
