package io.nucleon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.command.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code list} of all that it can list, and until somebody ends it. */
@Timeout(60)
class ListTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String READY =
            "{\"functions\":[{\"name\":\"orders\",\"namespace\":\"nuclio\",\"project\":\"shop\",\"state\":\"ready\",\"runtime\":\"python\","
                    + "\"triggers\":[{\"name\":\"http\",\"kind\":\"http\",\"waiting\":2,\"deadLetters\":0},"
                    + "{\"name\":\"in\",\"kind\":\"kafka-cluster\",\"waiting\":0,\"deadLetters\":3}]}]}";

    @TempDir
    Path home;

    @Test
    void listsTriggersOfAllFunctions() throws IOException {
        assertThat(run("list", "triggers")).hasToString("no functions yet; nucleon new hello\nexit 0\n");
        try (ServedFunction _ = new ServedFunction("orders", home).page("/functions", READY)) {
            assertThat(Transcript.in(home).typed().run("list", "triggers")).hasToString("""
                    FUNCTION  TRIGGER  KIND           STATE  WAITING  DEAD
                    orders    http     http           ready  2        0
                    orders    in       kafka-cluster  ready  0        3
                    exit 0
                    """);
            assertThat(run("list", "triggers", "-o", "name").out())
                    .isEqualTo("trigger/orders/http\ntrigger/orders/in\n");
            assertThat(run("list", "triggers", "-o", "json").out())
                    .startsWith("{\"apiVersion\":\"v1\",\"kind\":\"triggers\",\"items\":[{")
                    .contains("\"function\":\"orders\",\"name\":\"in\",\"triggerKind\":\"kafka-cluster\"");
            assertThat(run("list", "triggers", "-l", "team=a"))
                    .hasToString("no triggers; all functions: nucleon list\nexit 0\n");
        }
    }

    @Test
    void listsProjects() throws IOException {
        assertThat(run("nuctl", "create", "project", "bills", "--description", "what is\towed")
                        .exit())
                .isZero();
        try (ServedFunction _ = new ServedFunction("orders", home).page("/functions", READY)) {
            assertThat(run("list", "projects")).hasToString("""
                    NAME\tFUNCTIONS\tDESCRIPTION
                    bills\t0\twhat is owed
                    default\t0\t
                    shop\t1\t
                    exit 0
                    """);
            assertThat(run("list", "prj", "-o", "json").out())
                    .contains("\"name\":\"shop\"", "\"functions\":[\"orders\"]");
        }
    }

    @Test
    void listsWhatNewCanWriteAndWhatEventsThereAre() {
        assertThat(run("list", "templates").out())
                .contains("TEMPLATE\tRUNTIME\tTRIGGERS\nplain\tpython\thttp, cron,", "\nasync\tpython\thttp\n")
                .doesNotContain("async\tjava");
        assertThat(run("list", "events").out()).isEqualTo(run("events", "list").out());
        assertThat(run("list", "events", "-o", "json").out())
                .isEqualTo(run("events", "list", "-o", "json").out());
    }

    @Test
    void refusesWhatItCanNotList() {
        assertThat(run("list", "trigers").err()).contains("list can't be 'trigers'", "did you mean 'triggers'?");
        assertThat(run("list", "templates", "--watch").exit()).isEqualTo(2);
        assertThat(run("list", "projects", "--sort", "rate").exit()).isEqualTo(2);
        assertThat(run("list", "projects", "-l", "a=b").exit()).isEqualTo(2);
    }

    @Test
    void watchesInAPipe() throws Exception {
        try (Watched watched = new Watched(home, false, "list", "--watch")) {
            watched.await("NAME\tSTATE\t");
            try (ServedFunction function = new ServedFunction("orders", home).page("/functions", READY)) {
                watched.await("orders\tready\tpython\t");
                function.page("/functions", READY.replace("ready", "lost"));
                watched.await("orders\tlost\tpython\t");
            }
            watched.await("orders\tgone\t\t");

            assertThat(watched.text().lines()).hasSize(4);
        }
    }

    @Test
    void watchesForPrograms() throws Exception {
        try (Watched watched = new Watched(home, false, "list", "triggers", "--watch", "-o", "json")) {
            try (ServedFunction _ = new ServedFunction("orders", home).page("/functions", READY)) {
                watched.await("\"deadLetters\":3}\n");
            }
            watched.await("{\"apiVersion\":\"v1\",\"kind\":\"gone\",\"id\":\"trigger/orders/in\"}\n");
        }
    }

    @Test
    void drawsAgainOnATerminalWhatHasChanged() throws Exception {
        try (Watched watched = new Watched(home, true, "list", "--watch")) {
            watched.await("no functions yet; nucleon new hello\n");
            try (ServedFunction _ = new ServedFunction("orders", home).page("/functions", READY)) {
                watched.await("\u001b[1A\u001b[JNAME    STATE  RUNTIME");
                watched.await("\norders  ready  python");
            }
            watched.await("\u001b[2A\u001b[Jno functions yet");

            assertThat(watched.text().split("no functions yet", -1)).hasSize(3);
        }
    }

    private Transcript run(String... words) {
        return Transcript.in(home).run(words);
    }

    /** A command that runs until it is closed. */
    private static final class Watched implements AutoCloseable {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ExecutorService thread = Executors.newSingleThreadExecutor();

        Watched(Path home, boolean isTerminal, String... words) {
            PrintStream stream = new PrintStream(out, false, StandardCharsets.UTF_8);
            Terminal terminal = new Terminal(
                    new ByteArrayInputStream(new byte[0]),
                    false,
                    stream,
                    isTerminal,
                    stream,
                    isTerminal,
                    StandardCharsets.UTF_8,
                    Map.of("HOME", home.toString()),
                    home);
            Callable<Integer> run = () -> new Cli(terminal).run(words);
            Future<Integer> _ = thread.submit(run);
        }

        String text() {
            return out.toString(StandardCharsets.UTF_8);
        }

        void await(String shown) {
            Awaitility.await(shown).atMost(LIMIT).until(() -> text().contains(shown));
        }

        @Override
        public void close() {
            thread.shutdownNow();
            Awaitility.await("it ends when it is interrupted").atMost(LIMIT).until(thread::isTerminated);
        }
    }
}
