package io.nucleon.cli.cases;

import io.nucleon.error.NucleonException;
import io.nucleon.spec.yaml.Position;
import io.nucleon.spec.yaml.ScalarNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * Writes what came into a file of cases, in the place of what was expected: single values are replaced, comments and layout stay. What has no
 * such place (a value that is missing, a list of another length, a time) stays as it is, and its case has failed. Stateless.
 */
public final class CaseUpdate {
    private static final Comparator<Position> BY_PLACE =
            Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

    private CaseUpdate() {}

    /**
     * Changes the file of some results.
     *
     * @param results of its cases, in their order
     * @return the same, those that the file now agrees with as updated
     * @throws UncheckedIOException if it can't be read or written
     */
    public static List<Result> of(Path file, List<Result> results) {
        List<Mismatch> all = results.stream()
                .flatMap(result -> result.mismatches().stream())
                .filter(mismatch -> mismatch.instead().isPresent())
                .toList();
        if (all.isEmpty()) {
            return results;
        }
        try {
            String before = Files.readString(file);
            Files.writeString(file, edited(before, all));
            List<Result> updated = results;
            try {
                updated = checked(file, results);
            } finally {
                if (updated.equals(results)) {
                    Files.writeString(file, before);
                }
            }
            return updated;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads it again: a case is updated if it would pass now. */
    private static List<Result> checked(Path file, List<Result> results) {
        List<TestCase> cases;
        try {
            cases = TestFile.read(file, file.toString());
        } catch (NucleonException e) {
            // A value does not end where it seemed to: nothing is updated.
            return results;
        }
        List<Result> updated = new ArrayList<>();
        for (Result result : results) {
            boolean agrees = result.state() == Result.State.FAILED
                    && result.seen().isPresent()
                    && cases.stream()
                            .filter(one -> one.position().line()
                                            == result.testCase().position().line()
                                    && one.name().equals(result.testCase().name()))
                            .anyMatch(one ->
                                    one.expected().compare(result.seen().get()).isEmpty());
            updated.add(agrees ? result.updated() : result);
        }
        return updated;
    }

    /** The text of a file with other values; from its end to its beginning, so that places stay what they are. */
    static String edited(String text, List<Mismatch> mismatches) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        mismatches.stream()
                .map(mismatch -> mismatch.instead().orElseThrow())
                .sorted(Comparator.comparing((Mismatch.Instead one) -> one.old().position(), BY_PLACE)
                        .reversed())
                .forEach(one -> replace(lines, one));
        return String.join("\n", lines);
    }

    private static void replace(List<String> lines, Mismatch.Instead one) {
        Position place = one.old().position();
        if (place.line() < 1 || place.line() > lines.size()) {
            return;
        }
        String line = lines.get(place.line() - 1);
        if (place.column() - 1 > line.codePointCount(0, line.length())) {
            return;
        }
        int start = line.offsetByCodePoints(0, place.column() - 1);
        end(line, start, one.old())
                .ifPresent(end ->
                        lines.set(place.line() - 1, line.substring(0, start) + one.json() + line.substring(end)));
    }

    /** Where a value ends that begins there; empty if it goes over several lines, or is none. */
    private static OptionalInt end(String line, int start, ScalarNode old) {
        char first = start < line.length() ? line.charAt(start) : ' ';
        if (first == '"' || first == '\'') {
            int end = start + 1;
            while (end < line.length() && line.charAt(end) != first) {
                end += first == '"' && line.charAt(end) == '\\' ? 2 : 1;
            }
            return end < line.length() ? OptionalInt.of(end + 1) : OptionalInt.empty();
        }
        return !old.text().isEmpty() && line.startsWith(old.text(), start)
                ? OptionalInt.of(start + old.text().length())
                : OptionalInt.empty();
    }
}
