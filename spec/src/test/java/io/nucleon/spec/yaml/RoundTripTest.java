package io.nucleon.spec.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.problem.Problems;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What is written is what is read, whatever it holds. A failing seed is printed; its text belongs into an example. */
class RoundTripTest {

    @Test
    void yamlReadsBackAsItWasWritten() {
        tries(500, (seed, random) -> {
            Object value = RandomYaml.value(random);
            String text = NodeWriter.yaml(Node.of(value));

            assertThat(read(text)).as("seed %d:%n%s", seed, text).isEqualTo(value);
        });
    }

    @Test
    void jsonReadsBackAsItWasWritten() {
        tries(500, (seed, random) -> {
            Object value = RandomYaml.value(random);
            String text = NodeWriter.json(Node.of(value));

            assertThat(read(text)).as("seed %d:%n%s", seed, text).isEqualTo(value);
        });
    }

    @Test
    void whatWasReadIsWrittenTheSameWayAgain() {
        tries(500, (seed, random) -> {
            String once = NodeWriter.yaml(Node.of(RandomYaml.value(random)));

            assertThat(NodeWriter.yaml(node(once))).as("seed %d", seed).isEqualTo(once);
        });
    }

    @Test
    void noTextCrashesTheReader() {
        tries(2000, (seed, random) -> {
            String text = RandomYaml.document(random);
            var problems = new Problems();

            boolean read = new YamlReader("a.yaml", Limits.DEFAULT, problems)
                    .read(text)
                    .isPresent();

            assertThat(read)
                    .as("seed %d:%n%s", seed, text)
                    .isEqualTo(problems.list().stream()
                            .noneMatch(problem -> problem.isError() && problem.code() != ErrorCode.KEY_REPEATED));
        });
    }

    /** Each try has a seed of its own, so that one that fails can be run alone. */
    private static void tries(int count, BiConsumer<Long, SplittableRandom> one) {
        long first = System.nanoTime();
        for (long seed = first; seed < first + count; seed++) {
            one.accept(seed, new SplittableRandom(seed));
        }
    }

    private static Object read(String text) {
        return node(text).plain();
    }

    private static Node node(String text) {
        var problems = new Problems();
        return new YamlReader("a.yaml", Limits.DEFAULT, problems)
                .read(text)
                .orElseThrow(() -> new AssertionError(problems.list() + "\n" + text));
    }
}
