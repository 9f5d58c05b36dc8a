package io.nucleon.error;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds what somebody probably meant: the candidate with the smallest Damerau–Levenshtein distance (optimal string alignment: insert,
 * delete, replace, swap of neighbours), letter case aside, if that distance is at most {@code max(2, length / 3)}. Of equally near
 * ones the first wins. Stateless.
 */
public final class NearestName {
    /** Longer words are no typos of anything; bounds the work that a hostile word can cause. */
    private static final int LONGEST = 100;

    private static final int LISTED = 8;

    private NearestName() {}

    /** The nearest of the candidates, empty when none is near enough. */
    public static Optional<String> to(String word, Collection<String> candidates) {
        if (word.isEmpty() || word.length() > LONGEST) {
            return Optional.empty();
        }
        String wanted = word.toLowerCase(Locale.ROOT);
        int best = Math.max(2, word.length() / 3) + 1;
        String nearest = null;
        for (String candidate : candidates) {
            if (Math.abs(candidate.length() - wanted.length()) >= best) {
                continue;
            }
            int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
            // A word of which nothing is left is no typo: 'x' is not near 'id'.
            if (distance < best && distance < Math.max(wanted.length(), candidate.length())) {
                best = distance;
                nearest = candidate;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** A question for the nearest candidate or, when none is near, a list of at most eight of them after the given words. */
    public static String advice(String word, Collection<String> candidates, String otherwise) {
        return to(word, candidates)
                .map(near -> "did you mean '" + near + "'?")
                .orElseGet(() -> otherwise + list(candidates));
    }

    /** At most eight candidates, and how many more there are. */
    public static String list(Collection<String> candidates) {
        StringBuilder text = new StringBuilder();
        int shown = 0;
        for (String candidate : candidates) {
            if (shown == LISTED) {
                return text.append(" and ")
                        .append(candidates.size() - LISTED)
                        .append(" more")
                        .toString();
            }
            text.append(shown++ == 0 ? "" : ", ").append(candidate);
        }
        return text.toString();
    }

    static int distance(String a, String b) {
        int[] twoAgo = new int[b.length() + 1];
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replace, Math.min(previous[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    current[j] = Math.min(current[j], twoAgo[j - 2] + 1);
                }
            }
            int[] spare = twoAgo;
            twoAgo = previous;
            previous = current;
            current = spare;
        }
        return previous[b.length()];
    }
}
