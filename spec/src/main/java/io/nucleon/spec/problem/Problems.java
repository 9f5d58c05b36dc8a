package io.nucleon.spec.problem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects the problems of one reading, so that all are reported at once. Confined to the thread that reads.
 *
 * <p>At most {@link #LIMIT} are kept: a hostile file can be wrong in a million places.
 */
public final class Problems {
    /** More than anybody reads; keeps a hostile file from filling memory with messages. */
    public static final int LIMIT = 100;

    private final List<Problem> found = new ArrayList<>();
    private int dropped;

    /** Adds a problem unless it is known already; beyond the limit it is only counted, except that an error takes the place of a warning. */
    public void add(Problem problem) {
        if (found.contains(problem)) {
            return;
        }
        if (found.size() < LIMIT) {
            found.add(problem);
            return;
        }
        dropped++;
        if (problem.isError() && !hasErrors()) {
            found.set(LIMIT - 1, problem);
        }
    }

    public void addAll(List<Problem> problems) {
        problems.forEach(this::add);
    }

    public boolean hasErrors() {
        return found.stream().anyMatch(Problem::isError);
    }

    /** How many problems found no room. */
    public int dropped() {
        return dropped;
    }

    /** What was found so far, by place, so that a user walks through the file once; problems without a place come first. */
    public List<Problem> inOrder() {
        if (found.size() < 2) {
            return list();
        }
        var sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparing(Problem::file)
                .thenComparingInt(Problem::line)
                .thenComparingInt(Problem::column));
        return sorted;
    }

    /** What was found so far, in the order in which it was found. */
    public List<Problem> list() {
        return List.copyOf(found);
    }
}
