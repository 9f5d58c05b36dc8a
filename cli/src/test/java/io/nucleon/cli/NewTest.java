package io.nucleon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.cli.template.Language;
import io.nucleon.cli.template.NewFunction;
import io.nucleon.cli.template.Source;
import io.nucleon.spec.FunctionConfig;
import io.nucleon.spec.FunctionReader;
import io.nucleon.spec.Read;
import io.nucleon.spec.trigger.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NewTest {

    @TempDir
    private Path folder;

    private String transcript(String... words) {
        return Transcript.in(folder).run(words).toString();
    }

    @Test
    void writesAFunctionForItsTrigger() throws IOException {
        assertThat(transcript("new", "orders", "--trigger", "kafka")).isEqualTo("""
                created orders/  main.py  function.yaml  README.md  tests/stored.yaml  .gitignore
                next    nucleon run orders      then, in another terminal:  nucleon events send kafka orders
                exit 0
                """);
        assertThat(Files.readString(folder.resolve("orders/function.yaml"))).isEqualTo("""
                apiVersion: nuclio.io/v1
                kind: NuclioFunction
                metadata:
                  name: orders
                spec:
                  runtime: python
                  handler: main:handler
                  triggers:
                    kafka:
                      kind: kafka-cluster
                      numWorkers: 1
                      retry: {maxAttempts: 5, backoff: 1s}
                      attributes:
                        brokers: ["localhost:9092"]
                        topics: [orders]
                        consumerGroup: orders
                        initialOffset: earliest
                """);
        assertThat(folder.resolve("orders/tests/stored.yaml")).exists();
    }

    @Test
    void aSlashMakesItAPath() {
        assertThat(transcript("new", "services/hello", "--runtime", "nodejs", "-q"))
                .isEqualTo("""
                created services/hello/  main.js  function.yaml  README.md  tests/hello.yaml  .gitignore
                exit 0
                """);
        assertThat(folder.resolve("services/hello/main.js")).exists();
    }

    @Test
    void aFolderThatIsNotEmptyIsLeftAlone() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("orders")).resolve("main.py");
        Files.writeString(mine, "mine");

        assertThat(transcript("new", "orders")).isEqualTo("""
                error[NUC-8001]: the folder can't be 'orders'
                  why   it is not empty
                  do    name another, or write into it with --force
                        nucleon explain NUC-8001
                exit 2
                """);
        assertThat(mine).hasContent("mine");
        assertThat(transcript("new", "orders", "--force", "-q")).endsWith("exit 0\n");
        assertThat(Files.readString(mine)).contains("def handler");
    }

    @Test
    void programsReadWhatWasWritten() {
        assertThat(transcript("new", "orders", "-o", "json")).isEqualTo("""
                {"apiVersion":"v1","kind":"new","function":"orders","folder":"HOME/orders",\
                "files":["main.py","function.yaml","README.md","tests/hello.yaml",".gitignore"]}
                exit 0
                """);
        assertThat(transcript("new", "other", "-o", "name")).isEqualTo("function/other\nexit 0\n");
    }

    @Test
    void aSlipGetsTheNearestName() {
        assertThat(transcript("new", "a", "--runtime", "pyton"))
                .contains("--runtime can't be 'pyton'", "did you mean 'python'?", "exit 2");
        assertThat(transcript("new", "a", "--trigger", "kafak"))
                .contains("--trigger can't be 'kafak'", "did you mean 'kafka'?", "exit 2");
        assertThat(transcript("new", "a", "--template", "asink"))
                .contains("error[NUC-8040]: no template 'asink'", "exit 6");
        assertThat(transcript("new", "a", "--template", "async", "--runtime", "shell"))
                .contains("--template can't be 'async'", "exit 2");
        assertThat(transcript("new", "b c")).contains("NAME can't be 'b c'", "exit 2");
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void aPlaceThatCannotBeWrittenIsToldOf() throws IOException {
        Files.writeString(folder.resolve("file"), "");

        assertThat(transcript("new", "orders", "--dir", "file"))
                .contains("error[NUC-8027]: HOME/file/orders can't be written", "exit 5");
    }

    @Test
    void theRuntimeIsAskedForOnATerminal() {
        // Transcript's input is a terminal unless something is piped in, its output is when it is typed.
        assertThat(Transcript.in(folder)
                        .typed()
                        .with("NO_COLOR", "1")
                        .run("new", "orders")
                        .toString())
                .startsWith("created orders/  main.py")
                .contains("runtime (python, nodejs, dotnetcore, java, shell, ruby, graaljs, graalpy) [python]: ");
        assertThat(Transcript.in(folder)
                        .typed()
                        .with("NO_COLOR", "1")
                        .run("new", "other", "--no-input")
                        .err())
                .doesNotContain("[python]");
    }

    static Stream<Arguments> everyRuntimeAndTrigger() {
        return Stream.of(Language.values())
                .flatMap(language -> Stream.of(Source.values()).map(source -> Arguments.of(language, source)));
    }

    @ParameterizedTest
    @MethodSource("everyRuntimeAndTrigger")
    void itsDescriptionHasNothingToComplainOf(Language language, Source source) {
        Map<String, String> files = new NewFunction("orders", language, source, false).files();

        Read<FunctionConfig> read = FunctionReader.read(files.get("function.yaml"), "function.yaml");

        assertThat(read.problems()).isEmpty();
        assertThat(read.value().spec().runtime().name()).isEqualTo(language.runtime());
        assertThat(read.value().spec().activeTriggers())
                .extracting(Trigger::kind)
                .containsExactly(source.kind());
        assertThat(files.values()).noneMatch(text -> text.matches("(?s).*\\{\\{[a-z]+}}.*"));
        assertThat(files).hasSize(5);
        assertThat(files.get("README.md")).contains("nucleon run orders", "nucleon test orders");
    }
}
