package io.nucleon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.journal.Journal;
import io.nucleon.journal.JournalSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transcripts of {@code list}, {@code get} and {@code logs} with a host on a real socket. */
class LookTest {
    private static final String FUNCTIONS =
            "{\"functions\":[{\"name\":\"orders\",\"namespace\":\"nuclio\",\"project\":\"default\","
                    + "\"state\":\"ready\",\"runtime\":\"python 3.11.2\",\"handler\":\"main:handler\",\"triggers\":[{\"name\":\"http\",\"kind\":\"http\"},"
                    + "{\"name\":\"in\",\"kind\":\"kafka-cluster\"}],\"workers\":[{\"index\":0,\"state\":\"ready\",\"pid\":4121,\"transport\":\"shm\","
                    + "\"restarts\":2,\"lastError\":\"NUC-3006 it crashed\"}],\"success\":999,\"failure\":1,\"perSecond\":3100.0,\"p50\":0.4,\"p99\":2.41}]}";
    private static final String LOGS = "{\"newest\":3,\"lines\":["
            + "{\"number\":1,\"time\":1763640000000,\"function\":\"orders\",\"level\":\"debug\",\"worker\":0,\"event\":\"\",\"message\":\"up\",\"with\":\"\"},"
            + "{\"number\":2,\"time\":1763640000001,\"function\":\"orders\",\"level\":\"info\",\"worker\":0,\"event\":\"01J9Z6T4ABCDEFGHJKMNPQRSTV\","
            + "\"message\":\"stored\",\"with\":\"{\\\"id\\\":7}\"},"
            + "{\"number\":3,\"time\":1763640000002,\"function\":\"orders\",\"level\":\"out\",\"worker\":1,\"event\":\"\",\"message\":\"pri\\u001b[31mnted\",\"with\":\"\"}]}";

    @TempDir
    Path home;

    private ServedFunction function;

    @BeforeEach
    void start() throws IOException {
        function =
                new ServedFunction("orders", home).page("/functions", FUNCTIONS).page("/logs", LOGS);
    }

    @AfterEach
    void stop() {
        function.close();
    }

    @Test
    void listsWithFittedColumnsOnATerminal() {
        assertThat(Transcript.in(home).typed().run("list")).hasToString("""
                NAME    STATE  RUNTIME        TRIGGERS             RATE     P99      ERRORS  DEAD
                orders  ready  python 3.11.2  http, kafka-cluster  3.1 k/s  2.41 ms  0.1 %   0
                exit 0
                """);
    }

    @Test
    void fitsRowsToTheTerminal() {
        assertThat(Transcript.in(home).typed().with("COLUMNS", "40").run("list"))
                .hasToString("""
                NAME    STATE  RUNTIME        TRIGGERS …
                orders  ready  python 3.11.2  http, kaf…
                exit 0
                """);
        assertThat(Transcript.in(home).typed().ascii().with("COLUMNS", "20").run("list"))
                .hasToString("NAME    STATE  RU...\norders  ready  py...\nexit 0\n");
    }

    @Test
    void listsWithTabsInAPipe() throws IOException {
        assertThat(run("list", "--no-header"))
                .hasToString("orders\tready\tpython 3.11.2\thttp, kafka-cluster\t3.1k/s\t2.41ms\t0.1%\t0\nexit 0\n");
        assertThat(run("get", "functions", "-o", "name")).hasToString("function/orders\nexit 0\n");
        assertThat(run("list", "-o", "wide").out())
                .startsWith(
                        "NAME\tSTATE\tRUNTIME\tTRIGGERS\tRATE\tP99\tERRORS\tDEAD\tNAMESPACE\tPROJECT\tPORT\tREPLICAS"
                                + "\tWORKERS\tAGE\tIMAGE\tURL\tPID\tSOURCE\n")
                .containsPattern(
                        "\tnuclio\tdefault\t\\d+\t1/1\t1\t20\\d\\d-[0-9T:.-]+Z\t-\thttp://127.0.0.1:PORT\t\\d+\tHOME\n");
        Files.writeString(home.resolve("function.yaml"), "spec: {image: registry.example/orders:7}\n");
        assertThat(run("list", "-o", "wide").out()).contains("\tregistry.example/orders:7\t");
        assertThat(run("list", "-o", "json").out())
                .containsPattern("\"port\":\\d+,\"replicas\":\"1/1\",\"image\":\"registry.example/orders:7\"");
    }

    @Test
    void listsByLabelsAndInOtherOrders() throws IOException {
        Path source = Files.createDirectories(home.resolve("audit"));
        Files.writeString(source.resolve("function.yaml"), "metadata: {labels: {team: a, tier: '1'}}\n");
        String quieter = FUNCTIONS
                .replace("orders", "audit")
                .replace("3100.0", "12.5")
                .replace("\"failure\":1", "\"failure\":9");
        try (ServedFunction _ = new ServedFunction("audit", home, source).page("/functions", quieter)) {
            assertThat(names()).isEqualTo("function/audit\nfunction/orders\n");
            assertThat(names("--sort", "rate")).isEqualTo("function/orders\nfunction/audit\n");
            assertThat(names("--sort", "errors")).isEqualTo("function/audit\nfunction/orders\n");
            assertThat(names("-l", "team=a")).isEqualTo("function/audit\n");
            assertThat(names("-l", "team=a,tier=2")).isEmpty();
            assertThat(run("list", "-l", "team=b"))
                    .hasToString("no function has these labels; all of them: nucleon list\nexit 0\n");
            assertThat(run("list", "--sort", "zzzzzz").err())
                    .contains("--sort can't be 'zzzzzz'", "values: name, state, runtime, rate, p99, errors, dead");
        }
    }

    private String names(String... flags) {
        return run(Stream.concat(Stream.of("list", "-o", "name"), Stream.of(flags))
                        .toArray(String[]::new))
                .out();
    }

    @Test
    void saysThatNothingRuns() {
        function.close();

        assertThat(run("list")).hasToString("no functions yet; nucleon new hello\nexit 0\n");
        assertThat(run("list", "-q")).hasToString("exit 0\n");
    }

    @Test
    void tellsWhenAHostIsSilent() {
        function.page("/functions", "[]");

        assertThat(run("list", "--no-header").out()).startsWith("orders\tsilent\t\t");
    }

    @Test
    void showsOneInFull() {
        String pid = String.valueOf(ProcessHandle.current().pid());

        assertThat(run("get", "orders").toString().replace(pid, "PID")).isEqualTo("""
                name     orders
                state    ready
                runtime  python 3.11.2
                handler  main:handler
                url      http://127.0.0.1:PORT
                source   HOME
                process  PID
                trigger  http (http)
                trigger  in (kafka-cluster)
                worker   w0 ready · pid 4121 · shm · 2 restarts · NUC-3006 it crashed
                events   999 ok, 1 failed · 3.1 k/s · p50 0.40 ms · p99 2.41 ms
                exit 0
                """);
        assertThat(run("get", "function/orders", "-o", "yaml").out())
                .contains("kind: \"function\"\n")
                .contains("    kind: \"kafka-cluster\"\n");
        assertThat(run("get", "order")).hasToString("""
                        error[NUC-8002]: no function 'order' runs here
                          why   running here: orders
                          do    did you mean 'orders'?
                                nucleon explain NUC-8002
                        exit 6
                        """);
    }

    @Test
    void showsLogs() {
        assertThat(run("logs", "orders")).hasToString("""
                2025-11-20T12:00:00.001Z\tinfo\torders\t01J9Z6T4ABCDEFGHJKMNPQRSTV\tstored  id=7
                2025-11-20T12:00:00.002Z\tout\torders\t\tpri\\u001b[31mnted
                exit 0
                """);
        assertThat(Transcript.in(home).typed().run("logs").out())
                .containsPattern(
                        "\\d\\d:00:00\\.001\u001b\\[0m  \u001b\\[2minfo \u001b\\[0m  \u001b\\[2m01J9Z6T4\u001b\\[0m  stored  \u001b\\[2mid=\u001b\\[0m7\n");
    }

    @Test
    void choosesLines() {
        assertThat(run("logs", "--level", "debug", "--worker", "0").out().lines())
                .hasSize(2);
        assertThat(run("logs", "--event", "01J9Z6").out().lines()).hasSize(1);
        assertThat(run("logs", "--grep", "^st.*d$").out().lines()).hasSize(1);
        assertThat(run("logs", "--tail", "1").out()).contains("nted");
        assertThat(run("logs", "--since", "1h")).hasToString("exit 0\n");
        assertThat(run("logs", "--grep", "(").exit()).isEqualTo(2);
        assertThat(run("logs", "nowhere").exit()).isEqualTo(6);
        assertThat(run("logs", "--failed", "--follow").exit()).isEqualTo(2);
        assertThat(run("logs", "-o", "json").out()).startsWith("{\"apiVersion\":\"v1\",\"kind\":\"log\",\"number\":2,");
    }

    @Test
    void showsAndKeepsWhatFailed() throws IOException {
        Path folder = home.resolve(".local/state/nucleon/journal/orders");
        JournalSetting setting = new JournalSetting(folder, 1 << 30, Duration.ofDays(36_500), false, List.of());
        try (Journal journal = Journal.open(setting, () -> 1_900_000_000_000_000_000L)) {
            journal.append(EventsTest.captured("01J9Z6T4ABCDEFGHJKMNPQRSTV", 500, "KeyError: 'price'"), failure -> {});
        }

        assertThat(run("logs", "orders", "--failed"))
                .hasToString(
                        "2025-11-20T12:00:00.001Z\tinfo\torders\t01J9Z6T4ABCDEFGHJKMNPQRSTV\tstored  id=7\nexit 0\n");
        assertThat(run("logs", "--failed", "--record", "failed.ndjson").err())
                .isEqualTo("saved 1 event to failed.ndjson\n");
        assertThat(home.resolve("failed.ndjson"))
                .content()
                .contains("\"id\":\"01J9Z6T4ABCDEFGHJKMNPQRSTV\"", "\"path\":\"/refund\"", "KeyError")
                .hasLineCount(1);
        assertThat(run("logs", "--record", "failed.ndjson").exit()).isEqualTo(2);
        assertThat(run("logs", "--record", "failed.ndjson", "-y").exit()).isZero();
    }

    @Test
    void looksAtTheMachine() throws Exception {
        Path wrappers = Files.createDirectories(home.resolve("wrappers/snake")).getParent();
        Files.writeString(
                wrappers.resolve("snake/wrapper.json"),
                "{\"runtime\":\"snakes\",\"language\":\"snake\",\"interpreter\":{\"commands\":[\"snake3\",\"snake\"],"
                        + "\"version\":[\"-v\"],\"pattern\":\"([0-9]\\\\S*)\",\"oldest\":\"3.9\",\"missing\":\"NUC-4001\"}}");
        Path bin = Files.createDirectories(home.resolve("bin"));

        assertThat(doctor(bin).out())
                .contains("!   snake not found   NUC-4001   only functions of runtime snakes need it\n");
        script(bin.resolve("snake"), "2.7.1");
        assertThat(doctor(bin).out()).contains("!   snake is older than 3.9   NUC-4001");
        assertThat(doctor(bin, "--strict").exit()).isEqualTo(99);
        script(bin.resolve("snake3"), "Snake 3.11.2 (main)");
        assertThat(doctor(bin).out())
                .contains("ok  snake 3.11.2 (of 2)")
                .containsPattern("\\d+ problems?, \\d+ notes?: snake(, java)? and (java|shell) functions run here\n");
        assertThat(doctor(bin, "-o", "json").out())
                .contains(
                        "{\"name\":\"snake\",\"ok\":true,\"found\":\"snake 3.11.2 (of 2)\",\"code\":null,\"blocks\":null}");
    }

    @Test
    void whetherTheCommandOnPathIsThisOne() throws IOException {
        Path bin = Files.createDirectories(home.resolve("bin"));
        Path others = Files.createDirectories(home.resolve("others"));
        Files.createDirectories(home.resolve("wrappers"));

        assertThat(doctor(others).out())
                .contains("!   nucleon is not on PATH   NUC-8013   commands need its path before them\n");
        script(others.resolve("nucleon"), "");
        assertThat(doctor(others).out())
                .contains(
                        "!   nucleon on PATH is another one: HOME/others/nucleon   NUC-8013   commands without a path");
        script(bin.resolve("nucleon"), "");
        Files.delete(others.resolve("nucleon"));
        Files.createSymbolicLink(others.resolve("nucleon"), bin.resolve("nucleon"));
        assertThat(doctor(others).out()).contains("ok  nucleon on PATH");
    }

    private Transcript doctor(Path bin, String... flags) {
        String[] words = new String[flags.length + 1];
        words[0] = "doctor";
        System.arraycopy(flags, 0, words, 1, flags.length);
        return Transcript.in(home)
                .with("NUCLEON_HOME", home.toString())
                .with("PATH", bin.toString())
                .run(words);
    }

    private static void script(Path file, String says) throws IOException {
        Files.writeString(file, "#!/bin/sh\necho '" + says + "'\n");
        file.toFile().setExecutable(true);
    }

    private Transcript run(String... words) {
        return Transcript.in(home).run(words);
    }
}
