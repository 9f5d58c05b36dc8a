package io.nucleon.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.problem.Problem;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.yaml.MapNode;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Documents that are valid YAML and still mean harm: each must be done with in a moment. */
@Timeout(10)
class HostileFunctionTest {
    @Test
    void manyTriggersAreCheckedInAMoment() {
        List<Problem> problems =
                read("spec:\n  triggers:\n", 9_000, i -> "    t" + i + ": {kind: htp, bad: 1, numWorkers: x}\n");

        assertThat(problems).hasSize(Problems.LIMIT);
    }

    @Test
    void manyUnknownFieldsAreCountedInAMoment() {
        assertThat(read("spec:\n", 9_999, i -> "  field" + i + ": 1\n")).hasSize(Problems.LIMIT);
    }

    @Test
    void anErrorIsKeptHoweverManyWarningsComeFirst() {
        String text = read(9_000, i -> "  field" + i + ": 1\n");

        assertThat(FunctionReader.read("spec:\n" + text + "  version: two\n", "function.yaml")
                        .isOk())
                .isFalse();
    }

    @Test
    void aMappingHasAnEnd() {
        List<Problem> problems = read("spec:\n", 10_001, i -> "  f" + i + ": 1\n");

        assertThat(problems).extracting(Problem::code).containsExactly(ErrorCode.CONFIG_TOO_LARGE);
        assertThat(problems.getFirst().why()).isEqualTo("a mapping has more than 10000 keys");
    }

    @Test
    void largeDocumentsAreMergedInAMoment() {
        MapNode one = labels("a");
        MapNode other = labels("b");

        assertThat(Merge.fill(one, other).map("metadata").map("labels").entries())
                .hasSize(18_000);
    }

    @Test
    void endlessNamesAreShortenedInMessages() {
        String text = "spec: {? " + "x".repeat(100_000) + " : 1, runtime: " + "y".repeat(100_000) + "}";

        assertThat(FunctionReader.read(text, "function.yaml").problems())
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.oneLine()).hasSizeLessThan(1500));
    }

    private static MapNode labels(String prefix) {
        String text = "metadata:\n  labels:\n" + read(9_000, i -> "    " + prefix + i + ": x\n");
        return FunctionReader.read(text, "function.yaml").value().raw();
    }

    private static List<Problem> read(String head, int count, IntFunction<String> line) {
        return FunctionReader.read(head + read(count, line), "function.yaml").problems();
    }

    private static String read(int count, IntFunction<String> line) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(line.apply(i));
        }
        return text.toString();
    }
}
