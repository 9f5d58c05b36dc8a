package io.nucleon.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.support.TestProcessor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real functions, real saves, a real editor's way to save. */
@Timeout(300)
class ReloadTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Every so many saves it is seen that the version is served; the others may be overtaken by what is saved next. */
    private static final int SEEN_EACH = 5;

    /** So many answers lie between two saves. */
    private static final int BETWEEN_SAVES = 40;

    private static ConditionFactory until(String what) {
        return await(what).atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }

    private static TestProcessor start(String label, Path function, String... options) {
        return TestProcessor.start(new TestProcessor.Setting(label, function, List.of(options), Map.of(), true));
    }

    private static String get(TestProcessor processor, String path) throws IOException, InterruptedException {
        URI address = URI.create(processor.address().toString().replaceFirst("/?$", path));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static void end(TestProcessor processor) {
        assertThat(processor.stop()).isEmpty();
        processor.forgetEvidence();
    }

    @ParameterizedTest
    @MethodSource("io.nucleon.reload.Language#chosen")
    void noRequestFailsWhileCodeIsSavedManyTimesGoodAndBroken(Language language) throws Exception {
        Path folder = language.install("steady-" + language);
        Path file = folder.resolve(language.file());
        try (TestProcessor processor = start("steady-" + language, folder);
                SteadyLoad load = new SteadyLoad(processor.address())) {
            for (int version = 2; version <= language.saves() + 1; version++) {
                boolean broken = version % SEEN_EACH == 3 && !language.broken().isEmpty();
                Language.save(file, broken ? language.broken() : language.version(version));
                int wanted = version;
                if (broken) {
                    int refused = version / SEEN_EACH;
                    until("broken save " + version).until(() -> count(processor, "\"state\":\"failed\"") > refused);
                } else if (version % SEEN_EACH == 0 || version == language.saves() + 1) {
                    until("v" + version + " served").until(() -> load.newest() == wanted);
                } else {
                    long before = load.answered();
                    until("answers between saves").until(() -> load.answered() > before + BETWEEN_SAVES);
                }
                assertThat(load.failures()).as(processor.output()).isEmpty();
            }
            until("every answer").until(load::isOver);
            assertThat(load.failures()).as(processor.output()).isEmpty();
            if (!language.broken().isEmpty()) {
                assertThat(processor.errors()).contains(language.code()).contains(language.at());
            }
            end(processor);
        }
    }

    private static long count(TestProcessor processor, String text) throws IOException {
        return processor.out().stream().filter(line -> line.contains(text)).count();
    }

    @Test
    void aHandlerThatIsBusyFinishesOnTheOldCode() throws Exception {
        Language language = Language.of("python");
        Path folder = language.install("busy");
        Path gate = folder.resolve("gate");
        Files.writeString(folder.resolve("main.py"), """
                import os
                def handler(context, event):
                    if event.path == "/slow":
                        os.mkfifo("gate")
                        open("begun", "w").close()
                        open("gate").close()  # waits for its writer
                    return "v1"
                """);
        try (TestProcessor processor = start("busy", folder)) {
            HttpClient client = HttpClient.newHttpClient();
            var slow = client.sendAsync(
                    HttpRequest.newBuilder(URI.create(processor.address() + "/slow"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            until("the slow event's begin").until(() -> Files.exists(folder.resolve("begun")));
            var behind = client.sendAsync(
                    HttpRequest.newBuilder(processor.address()).build(), HttpResponse.BodyHandlers.ofString());
            Language.save(folder.resolve("main.py"), language.version(2));

            assertThat(behind.join().body()).as("waited for the old worker").isEqualTo("v2");
            assertThat(slow.isDone()).isFalse();
            Files.newOutputStream(gate, StandardOpenOption.WRITE).close();
            assertThat(slow.join().body()).isEqualTo("v1");
            client.close();
            end(processor);
        }
    }

    @Test
    void filesElsewhereNewFoldersAndLinksAreSeen() throws Exception {
        Path folder = Language.of("python").install("elsewhere");
        Path shared = Files.createDirectories(
                Path.of("target/functions/elsewhere-shared").toAbsolutePath());
        Files.writeString(shared.resolve("prices.py"), "PRICE = 1\n");
        Files.writeString(folder.resolve("main.py"), """
                import sys
                sys.path.append(%s)
                import prices
                try:
                    from lib import extra
                except ImportError:
                    extra = None
                def handler(context, event):
                    return str(prices.PRICE) + (extra.WORD if extra else "")
                """.formatted("'" + shared + "'"));
        try (TestProcessor processor = start("elsewhere", folder)) {
            assertThat(get(processor, "/")).isEqualTo("1");

            Language.save(shared.resolve("prices.py"), "PRICE = 2\n");
            until("the imported file's save").until(() -> get(processor, "/").equals("2"));

            Files.createDirectories(folder.resolve("lib"));
            Files.writeString(folder.resolve("lib/extra.py"), "WORD = 'a'\n");
            until("the new folder").until(() -> get(processor, "/").equals("2a"));

            Files.writeString(shared.resolve("linked.py"), "WORD = 'b'\n");
            Files.delete(folder.resolve("lib/extra.py"));
            Files.createSymbolicLink(folder.resolve("lib/extra.py"), shared.resolve("linked.py"));
            until("the link").until(() -> get(processor, "/").equals("2b"));
            Language.save(shared.resolve("linked.py"), "WORD = 'c'\n");
            until("the linked file's save").until(() -> get(processor, "/").equals("2c"));
            end(processor);
        }
    }

    @Test
    void aChangedDescriptionIsTakenOverAsFarAsItCanBe() throws Exception {
        Language python = Language.of("python");
        Path folder = python.install("description");
        Files.writeString(
                folder.resolve("main.py"),
                "import os\ndef handler(context, event):\n    return os.environ.get('WORD', 'none')\n");
        try (TestProcessor processor = start("description", folder)) {
            assertThat(get(processor, "/")).isEqualTo("none");

            python.describe(folder, Map.of("env", List.of(Map.of("name", "WORD", "value", "told"))));
            until("the environment").until(() -> get(processor, "/").equals("told"));
            assertThat(processor.errors()).doesNotContain("NUC-1041");

            python.describe(
                    folder,
                    Map.of(
                            "env",
                            List.of(Map.of("name", "WORD", "value", "again")),
                            "triggers",
                            Map.of("night", Map.of("kind", "cron", "attributes", Map.of("interval", "1h")))));
            until("the environment, again").until(() -> get(processor, "/").equals("again"));
            until("the word about the trigger")
                    .untilAsserted(() -> assertThat(processor.errors()).contains("NUC-1041", "spec.triggers.night"));

            Language.save(folder.resolve("function.yaml"), "spec: {runtime: python, handler: [}\n");
            until("the broken description")
                    .untilAsserted(() -> assertThat(processor.errors()).contains("NUC-1002"));
            assertThat(get(processor, "/")).isEqualTo("again");

            Language.save(folder.resolve("function.yaml"), "spec: {runtime: nodejs, handler: 'other:handler'}\n");
            Language.save(folder.resolve("other.js"), "exports.handler = async () => 'from node';\n");
            until("another runtime").until(() -> get(processor, "/").equals("from node"));
            end(processor);
        }
    }

    @Test
    void anEndlessImportDoesNotKeepItsFixOut() throws Exception {
        Language python = Language.of("python");
        Path folder = python.install("endless");
        try (TestProcessor processor = start("endless", folder)) {
            Language.save(folder.resolve("main.py"), "open('begun', 'w').close()\nwhile True: pass\n");
            until("its import's begin").until(() -> Files.exists(folder.resolve("begun")));
            assertThat(get(processor, "/")).isEqualTo("v1");

            Language.save(folder.resolve("main.py"), python.version(2));

            until("the fix").until(() -> get(processor, "/").equals("v2"));
            until("the end of what was overtaken, beside the worker and its spare")
                    .until(() -> pythons(processor).size() == 2);
            end(processor);
        }
    }

    @Test
    void aSpareThatWasStartedBeforeBecomesTheNextWorker() throws Exception {
        Path folder = Language.of("python").install("spare");
        String answersPid = "import os\ndef handler(context, event):\n    return '%s' + str(os.getpid())\n";
        Files.writeString(folder.resolve("main.py"), answersPid.formatted("first "));
        try (TestProcessor processor = start("spare", folder)) {
            long serving = Long.parseLong(get(processor, "/").substring("first ".length()));
            until("the spare").until(() -> pythons(processor).size() == 2);
            long spare = pythons(processor).stream()
                    .filter(pid -> pid != serving)
                    .findFirst()
                    .orElseThrow();

            Language.save(folder.resolve("main.py"), answersPid.formatted("second "));
            until("the save").until(() -> get(processor, "/").startsWith("second"));

            assertThat(get(processor, "/")).isEqualTo("second " + spare);
            until("another spare")
                    .until(() -> pythons(processor).size() == 2
                            && !pythons(processor).contains(serving));
            end(processor);
        }
    }

    private static List<Long> pythons(TestProcessor processor) {
        return processor
                .handle()
                .descendants()
                .filter(ReloadTest::isPython)
                .map(ProcessHandle::pid)
                .toList();
    }

    private static boolean isPython(ProcessHandle child) {
        return child.info().commandLine().orElse("").contains("wrapper.py");
    }

    @Test
    void aFolderOfFunctionsReloadsThoseOnlyThatWereTouched() throws Exception {
        Language python = Language.of("python");
        Path folder = Path.of("target/functions/several").toAbsolutePath();
        Files.createDirectories(folder);
        for (String name : List.of("one", "two")) {
            Files.createDirectories(folder.resolve(name));
            Files.writeString(folder.resolve(name).resolve("main.py"), """
                    import os
                    def handler(context, event):
                        return "v1 " + str(os.getpid())
                    """);
        }
        try (TestProcessor processor = start("several", folder)) {
            String base = processor.address().toString().replaceFirst("/one/?$", "");
            HttpClient client = HttpClient.newHttpClient();
            String before = ask(client, base + "/two");
            assertThat(before).matches(Pattern.compile("v1 \\d+"));

            Language.save(folder.resolve("one/main.py"), python.version(2));
            until("one").until(() -> ask(client, base + "/one").equals("v2"));

            assertThat(ask(client, base + "/two")).isEqualTo(before);
            client.close();
            end(processor);
        }
    }

    private static String ask(HttpClient client, String url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
