package io.nucleon.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.nucleon.support.Times;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.AssertionFailedError;

/**
 * Serves every example and compares its answers with those of its {@code example.yaml}.
 *
 * <p>The system property {@code example} chooses: what the path below {@code examples/} begins with.
 */
class ExamplesTest {

    @TestFactory
    Stream<DynamicTest> everyExample() {
        String chosen = System.getProperty("example", "");
        List<Example> examples = Example.all().stream()
                .filter(example -> example.path().startsWith(chosen))
                .toList();
        assertThat(examples).as("examples that begin with '%s'", chosen).isNotEmpty();
        Map<String, Times> times = new HashMap<>();
        return examples.stream()
                .flatMap(example -> tests(
                        example,
                        times.computeIfAbsent(
                                example.language(), language -> new Times(("examples " + language).strip()))));
    }

    private static Stream<DynamicTest> tests(Example example, Times times) {
        ServedExample served = new ServedExample(example);
        List<DynamicTest> tests = new ArrayList<>();
        for (Example.Case one : example.cases()) {
            String name = example.path() + ": " + one.name();
            tests.add(dynamicTest(name, () -> times.ofCase(() -> run(name, served, one))));
        }
        String name = example.path() + ": leaves nothing behind";
        tests.add(dynamicTest(
                name, () -> times.ofEnd(() -> assertThat(served.stop()).as(name).isEmpty())));
        return tests.stream();
    }

    private static void run(String name, ServedExample served, Example.Case one) throws IOException {
        List<String> problems = one.exchange().run(served.processor()).problems();
        if (!problems.isEmpty()) {
            throw new AssertionFailedError(name + ": " + String.join("; ", problems) + "\n" + served.evidence());
        }
    }
}
