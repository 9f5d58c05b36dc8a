package io.nucleon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transcripts of {@code bench} against a function on a real socket; numbers are masked. */
class BenchTest {
    private static final String FUNCTIONS =
            "{\"functions\":[{\"name\":\"orders\",\"runtime\":\"python 3.11.2\",\"workers\":["
                    + "{\"index\":0,\"transport\":\"shm\"},{\"index\":1,\"transport\":\"shm\"}]}]}";

    @TempDir
    Path home;

    private ServedFunction function;

    @BeforeEach
    void start() throws IOException {
        function = new ServedFunction("orders", home).page("/functions", FUNCTIONS);
    }

    @AfterEach
    void stop() {
        function.close();
    }

    @Test
    void explainsAnOpenLoop() {
        Transcript run = bench("orders", "--rate", "500", "--duration", "300ms", "--warmup", "100ms", "--runs", "2");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(masked(run.out()))
                .startsWith("""
                        orders · python N · N workers · open loop N/s · warm-up N s · N × N s
                        bench N s N events N failed
                        ms pN pN pN pN max
                        total N N N N N
                         queue N N N N N
                         handler N N N N N
                         transport N N N N N (percentiles of parts do not add up)
                        """)
                .contains(
                        "sent N/s of N/s · late N % · CPU N µs/event (whole process tree) · generator CPU N % · RSS N MiB\n")
                // × N: what this JVM starts is java too until it is what it shall be
                .containsPattern("CPU µs/event java (× N )?N");
        assertThat(run.out())
                .startsWith("orders · python 3.11.2 · 2 workers · open loop 500/s · warm-up 0.1 s · 2 × 0.3 s\n")
                .contains("  300 events  0 failed\n")
                .containsPattern("(?m)^ handler +0\\.35   0\\.35   0\\.35   0\\.35   0\\.35$");
    }

    @Test
    void saysWhatAClosedLoopCantSee() {
        function.withoutTiming();

        Transcript run = bench(
                function.url().toString(), "--count", "200", "--concurrency", "2", "--runs", "1", "--warmup", "0");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .startsWith("http://127.0.0.1:PORT · closed loop × 2 · warm-up 0 s · 1 × 200 events\n")
                .contains("(no Server-Timing in the answers: queue, handler and transport are not known)")
                .contains(
                        "note: a closed loop can't see queueing: while the function stalls it sends less (an open one: --rate R)\n")
                .doesNotContain("CPU µs/event");
    }

    @Test
    void keepsAndComparesResults() throws Exception {
        Transcript kept = quick("--save", "main");
        Transcript compared = quick("--compare", "main");

        assertThat(kept.err()).isEqualTo("saved   .nucleon/bench/main.json\n");
        assertThat(Files.readString(home.resolve(".nucleon/bench/main.json")))
                .startsWith("{\"apiVersion\":\"v1\",\"kind\":\"bench\"");
        assertThat(masked(compared.out()))
                .containsPattern("vs main \\(N \\w+, same machine\\): CPU .*pN .*pN .* rate .N %");
        assertThat(quick("--compare", "mian").toString())
                .contains("error[NUC-8021]: no bench 'mian'")
                .contains("did you mean 'main'?")
                .endsWith("exit 6\n");
    }

    @Test
    void refusesToCompareOtherMachines() throws Exception {
        quick("--save", "main");
        Path file = home.resolve(".nucleon/bench/main.json");
        Files.writeString(file, Files.readString(file).replaceFirst("\"cores\":\\d+", "\"cores\":64"));

        assertThat(quick("--compare", "main").err())
                .contains("error[NUC-8020]: this bench can't be compared with 'main'")
                .contains("why   machine: 64 cores of ");
        assertThat(quick("--compare", "main").exit()).isEqualTo(2);
        assertThat(quick("--compare", "main", "--force").out()).contains(", not comparable): ");
        Files.writeString(file, "{}");
        assertThat(quick("--compare", "main").exit()).isEqualTo(3);
    }

    @Test
    void endsWith99IfAConditionHolds() {
        assertThat(quick("--fail-if", "p50>1us").err())
                .contains("error[NUC-8023]: the bench does not pass 'p50>1us': p50 is ");
        assertThat(quick("--fail-if", "p50>1us").exit()).isEqualTo(99);
        assertThat(quick("--fail-if", "p50>60s", "--fail-if", "error>0%").exit())
                .isZero();
        assertThat(quick("--fail-if", "p50>60").exit()).isEqualTo(2);
        assertThat(quick("--fail-if", "p50+10%").err()).contains("add --compare NAME");
    }

    @Test
    void countsFailuresAndFailsIfNothingElseCame() {
        function.answering(500);

        assertThat(quick().out()).contains("  50 events  50 failed\n");
        assertThat(quick().exit()).isEqualTo(1);
    }

    @Test
    void writesHistogramsThatOthersRead() throws Exception {
        Transcript run = quick("--hdr", "latency.hlog");

        assertThat(run.exit()).isZero();
        var reader = new org.HdrHistogram.HistogramLogReader(
                home.resolve("latency.hlog").toFile());
        int histograms = 0;
        while (reader.hasNext()) {
            var histogram = (org.HdrHistogram.Histogram) reader.nextIntervalHistogram();
            assertThat(histogram.getTotalCount()).isEqualTo(50);
            histograms++;
        }
        assertThat(histograms).isEqualTo(4);
    }

    @Test
    void givesTheWholeResultToPrograms() {
        Transcript run = quick("-o", "json");

        assertThat(io.nucleon.host.JsonReader.object(run.out()).orElseThrow())
                .containsEntry("kind", "bench")
                .containsKeys("machine", "function", "plan", "ms", "runs", "suspect");
    }

    @Test
    void sendsEventsOfAFileInTurn() throws Exception {
        Files.writeString(
                home.resolve("events.ndjson"),
                "{\"path\":\"/a\"}\n\n{\"body\":{\"id\":7},\"headers\":{\"X-A\":\"1\"}}\n");
        Files.writeString(home.resolve("wrong.ndjson"), "{}\n{\"headers\":{\"Content-Length\":\"1\"}}\n");

        assertThat(quick("--events", "events.ndjson").exit()).isZero();
        assertThat(quick("--events", "wrong.ndjson").toString())
                .contains("error[NUC-8024]: line 2 of wrong.ndjson is no event")
                .endsWith("exit 3\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--runs 0 | --runs can't be '0'",
                "--rate 0 | --rate can't be '0.0'",
                "--concurrency 0 | --concurrency can't be '0'",
                "--threads 2 --concurrency 1 | --threads can't be '2'",
                "--save ../x | --save can't be '../x'",
                "--matrix sizes --save x | a matrix has no --save, --compare, --fail-if or --hdr",
                "--matrix colours | --matrix can't be 'colours'",
            })
    void checksItsFlags(String flags, String message) {
        Transcript run = Transcript.in(home).run(("bench orders " + flags).split(" "));

        assertThat(run.err()).contains(message);
        assertThat(run.exit()).isEqualTo(2);
    }

    @Test
    void aMatrixNeedsFunctions() throws Exception {
        Files.createDirectories(home.resolve("empty"));

        assertThat(Transcript.in(home).run("bench", "empty", "--matrix", "runtimes"))
                .hasToString("""
                        error[NUC-8028]: empty holds no functions
                          why   a matrix compares the functions in the folders of one folder, each with a function.yaml
                          do    bench one function: nucleon bench empty
                                nucleon explain NUC-8028
                        exit 6
                        """);
    }

    @Test
    void saysThatNobodyListens() {
        function.close();

        assertThat(bench("http://127.0.0.1:1", "--count", "1").exit()).isEqualTo(69);
    }

    private Transcript quick(String... more) {
        String[] words = {"orders", "--count", "50", "--concurrency", "2", "--runs", "1", "--warmup", "0"};
        String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return bench(all);
    }

    private Transcript bench(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "bench";
        System.arraycopy(words, 0, all, 1, words.length);
        return Transcript.in(home).run(all);
    }

    private static String masked(String text) {
        return text.replaceAll("\\d[\\d,]*(\\.\\d+)*", "N").replaceAll(" +", " ");
    }
}
