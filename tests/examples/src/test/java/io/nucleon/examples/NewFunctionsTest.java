package io.nucleon.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.cli.template.Language;
import io.nucleon.cli.template.NewFunction;
import io.nucleon.cli.template.Source;
import io.nucleon.support.FileTree;
import io.nucleon.support.TestProcessor;
import io.nucleon.support.exchange.Exchange;
import io.nucleon.support.exchange.Fields;
import io.nucleon.support.exchange.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What {@code nucleon new} writes runs, and does what its own tests say. A source that needs a broker has the code of {@code kickstart}, whose
 * function gets an event by itself; all functions of a language are served as one folder.
 *
 * <p>The system property {@code language} chooses one.
 */
@Timeout(240)
class NewFunctionsTest {

    private static final List<Source> RUN = List.of(Source.HTTP, Source.CRON, Source.KICKSTART);

    @ParameterizedTest
    @EnumSource(Language.class)
    void itsOwnTestsHold(Language language) throws IOException {
        if (!language.runtime().startsWith(System.getProperty("language", ""))) {
            return;
        }
        Path folder = Path.of("target/functions/new-" + language.runtime()).toAbsolutePath();
        FileTree.delete(folder);
        List<NewFunction> functions = functions(language);
        for (NewFunction function : functions) {
            write(folder.resolve(function.name()), function);
        }
        List<String> problems = new ArrayList<>();
        int cases = 0;
        try (TestProcessor processor = TestProcessor.start(
                new TestProcessor.Setting("new-" + language.runtime(), folder, List.of(), Map.of()))) {
            for (NewFunction function : functions) {
                List<Exchange> exchanges = exchanges(folder.resolve(function.name()), function.name());
                cases += exchanges.size();
                for (Exchange exchange : exchanges) {
                    exchange.run(processor)
                            .problems()
                            .forEach(problem -> problems.add(function.name() + ": " + problem));
                }
            }
            assertThat(problems).as(processor.output()).isEmpty();
            assertThat(cases).isGreaterThanOrEqualTo(functions.size());
            assertThat(processor.stop()).isEmpty();
            processor.forgetEvidence();
        }
    }

    private static List<NewFunction> functions(Language language) {
        List<NewFunction> functions = new ArrayList<>();
        RUN.forEach(source -> functions.add(new NewFunction(source.word(), language, source, false)));
        if (language.hasAsync()) {
            functions.add(new NewFunction("async", language, Source.HTTP, true));
        }
        return functions;
    }

    private static void write(Path folder, NewFunction function) throws IOException {
        for (Map.Entry<String, String> file : function.files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    /** The cases of its tests, sent below its name. */
    private static List<Exchange> exchanges(Path function, String name) throws IOException {
        List<Exchange> exchanges = new ArrayList<>();
        try (Stream<Path> files = Files.list(function.resolve("tests"))) {
            for (Path file : files.toList()) {
                for (Object one : new Fields(file.toString(), YamlFile.load(file)).list("cases")) {
                    exchanges.add(exchange(file.toString(), one, name));
                }
            }
        }
        return exchanges;
    }

    private static Exchange exchange(String place, Object node, String name) {
        Fields fields = new Fields(place, node);
        Map<String, Object> request = new LinkedHashMap<>(fields.map("event"));
        request.merge("path", "/" + name + "/", (path, root) -> "/" + name + path);
        if (request.get("body") instanceof Map<?, ?> body) {
            request.put("body", json(body));
        }
        Map<String, Object> expect = new LinkedHashMap<>(fields.map("expect"));
        if (expect.get("body") instanceof Map<?, ?>) {
            expect.put("json", expect.remove("body"));
        }
        return Exchange.read(place, new Fields(place, Map.of("request", request, "expect", expect)));
    }

    /** Of mappings of words to numbers. */
    private static String json(Map<?, ?> body) {
        List<String> members = new ArrayList<>();
        body.forEach((key, value) -> members.add("\"" + key + "\": " + value));
        return "{" + String.join(", ", members) + "}";
    }
}
