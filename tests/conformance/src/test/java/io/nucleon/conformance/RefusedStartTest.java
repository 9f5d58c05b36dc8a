package io.nucleon.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.nucleon.support.FileTree;
import io.nucleon.support.NucleonCommand;
import io.nucleon.support.exchange.Fields;
import io.nucleon.support.exchange.YamlFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What {@code nucleon run} says of functions that it can't start, word for word: each case of {@code starts/LANGUAGE.yaml} is a folder of
 * files, the exit status and all of standard error. The system properties {@code language} and {@code case} choose as in {@link ConformanceTest}.
 */
class RefusedStartTest {

    /** What some versions of Python draw below a line of a traceback. */
    private static final Pattern PLACE_MARKS = Pattern.compile("(?m)^ *[~^]*~[~^]*\\R");

    private static final Pattern CASES = Pattern.compile(System.getProperty("case", ""));

    /** In words and messages: a port on which somebody else listens. */
    private static final String TAKEN = "<taken>";

    /**
     * A function that can't be started.
     *
     * @param files by path below the folder in which the command runs
     * @param words behind {@code run}
     * @param says standard error, with masks
     */
    private record Refused(
            String title,
            Map<String, Object> files,
            List<String> words,
            Map<String, String> environment,
            int exit,
            String says) {}

    @TestFactory
    Stream<DynamicTest> everyLanguage() {
        return YamlFile.all("tests/conformance/starts").stream()
                .filter(file -> Language.isChosen(YamlFile.topic(file)))
                .flatMap(RefusedStartTest::read)
                .filter(one -> CASES.matcher(one.title).find())
                .map(one -> dynamicTest(one.title, () -> run(one)));
    }

    private static Stream<Refused> read(Path file) {
        List<Refused> all = new ArrayList<>();
        for (Object node : new Fields(file.toString(), YamlFile.load(file)).list("cases")) {
            Fields fields = new Fields(file.getFileName().toString(), node);
            Map<String, String> environment = new LinkedHashMap<>();
            fields.map("environment").forEach((name, value) -> environment.put(name, String.valueOf(value)));
            List<Object> words = fields.has("run") ? fields.list("run") : List.of("orders");
            all.add(new Refused(
                    YamlFile.topic(file) + ": " + fields.requiredText("name"),
                    fields.map("files"),
                    words.stream().map(String::valueOf).toList(),
                    environment,
                    fields.number("exit", 0),
                    fields.requiredText("says")));
            fields.done();
        }
        return all.stream();
    }

    private static void run(Refused one) throws IOException {
        Path folder = Masked.folder(one.files);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            List<String> words = new ArrayList<>(List.of("run"));
            one.words.forEach(word -> words.add(word.replace(TAKEN, port)));
            if (!words.contains("--port")) {
                words.addAll(List.of("--port", "0"));
            }

            NucleonCommand.Ended ended = NucleonCommand.run(folder, words, one.environment);

            String said = PLACE_MARKS
                    .matcher(ended.err())
                    .replaceAll("")
                    .replace(folder.toString(), "<folder>")
                    .replace(port, TAKEN);
            assertThat(said).as(one.title).matches(Masked.pattern(one.says));
            assertThat(ended.exit()).as("exit status").isEqualTo(one.exit);
            assertThat(ended.out()).as("standard output").isEmpty();
        } finally {
            FileTree.delete(folder);
        }
    }
}
