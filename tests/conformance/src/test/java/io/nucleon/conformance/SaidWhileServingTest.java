package io.nucleon.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.nucleon.support.FileTree;
import io.nucleon.support.TestProcessor;
import io.nucleon.support.exchange.Exchange;
import io.nucleon.support.exchange.Fields;
import io.nucleon.support.exchange.YamlFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What {@code nucleon run} says of events that went wrong, word for word: each case of {@code said/LANGUAGE.yaml} is a folder of files,
 * requests with their answers, and what a line of standard error then says. The system properties {@code language} and {@code case} choose as in
 * {@link ConformanceTest}.
 */
class SaidWhileServingTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern CASES = Pattern.compile(System.getProperty("case", ""));

    /**
     * Events that go wrong.
     *
     * @param files by path below the folder in which the function is
     * @param says what standard error holds in the end, with masks
     */
    private record Wrong(
            String title, Map<String, Object> files, List<String> options, Exchange exchange, String says) {}

    @TestFactory
    Stream<DynamicTest> everyLanguage() {
        return YamlFile.all("tests/conformance/said").stream()
                .filter(file -> Language.isChosen(YamlFile.topic(file)))
                .flatMap(SaidWhileServingTest::read)
                .filter(one -> CASES.matcher(one.title).find())
                .map(one -> dynamicTest(one.title, () -> run(one)));
    }

    private static Stream<Wrong> read(Path file) {
        List<Wrong> all = new ArrayList<>();
        String topic = file.getFileName().toString();
        for (Object node : new Fields(file.toString(), YamlFile.load(file)).list("cases")) {
            Fields fields = new Fields(topic, node);
            String name = fields.requiredText("name");
            List<String> options =
                    fields.list("run").stream().map(String::valueOf).toList();
            all.add(new Wrong(
                    YamlFile.topic(file) + ": " + name,
                    fields.map("files"),
                    options,
                    Exchange.read(topic + ", case '" + name + "'", fields),
                    fields.requiredText("says").strip()));
            fields.done();
        }
        return all.stream();
    }

    private static void run(Wrong one) throws IOException {
        Path folder = Masked.folder(one.files);
        try {
            TestProcessor processor = TestProcessor.start(new TestProcessor.Setting(
                    "said-" + one.title.replaceAll("\\W+", "-"), folder.resolve("orders"), one.options, Map.of()));
            try (processor) {
                assertThat(one.exchange.run(processor).problems()).isEmpty();
                Pattern pattern = Masked.pattern(one.says);
                Awaitility.await(one.title)
                        .atMost(SOON)
                        .untilAsserted(() -> assertThat(processor.errors().replace(folder.toString(), "<folder>"))
                                .containsPattern(pattern));
            }
            processor.forgetEvidence();
        } finally {
            FileTree.delete(folder);
        }
    }
}
