package io.nucleon.cli;

import java.util.ArrayList;
import java.util.List;

/** The lines in which two texts differ, as {@code diff} finds them: the longest common row of lines stays. Stateless. */
final class DeployDiff {
    /** Longer files are compared as a whole: the table would grow with the square. */
    private static final int MOST_LINES = 2000;

    private DeployDiff() {}

    /** {@code - old} and {@code + new} lines in their order; empty if there is no difference. */
    static List<String> of(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> fresh = after.lines().toList();
        if (old.equals(fresh)) {
            return List.of();
        }
        if (old.size() > MOST_LINES || fresh.size() > MOST_LINES) {
            return List.of("- " + old.size() + " lines", "+ " + fresh.size() + " lines");
        }
        int[][] common = table(old, fresh);
        List<String> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < fresh.size()) {
            if (i < old.size() && j < fresh.size() && old.get(i).equals(fresh.get(j))) {
                i++;
                j++;
            } else if (j == fresh.size() || (i < old.size() && common[i + 1][j] >= common[i][j + 1])) {
                lines.add("- " + old.get(i++));
            } else {
                lines.add("+ " + fresh.get(j++));
            }
        }
        return List.copyOf(lines);
    }

    /** How many lines the rests of both have in common. */
    private static int[][] table(List<String> old, List<String> fresh) {
        int[][] common = new int[old.size() + 1][fresh.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = fresh.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(fresh.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
