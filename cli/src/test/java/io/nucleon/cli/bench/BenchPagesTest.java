package io.nucleon.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class BenchPagesTest {

    @Test
    void whatIsKeptIsWhatIsRead() {
        BenchResult result = Samples.result(20_000, 40, 41, 39);

        assertThat(BenchResult.fromJson(result.toJson()).map(BenchResult::toJson))
                .contains(result.toJson());
        assertThat(BenchResult.fromJson(result.toJson()).orElseThrow().runs()).isEqualTo(result.runs());
    }

    @Test
    void readsOnlyItsOwnFiles() {
        String json = Samples.result(1, 2).toJson();

        assertThat(BenchResult.fromJson("{}")).isEmpty();
        assertThat(BenchResult.fromJson("nonsense")).isEmpty();
        assertThat(BenchResult.fromJson(json.replace("\"kind\":\"bench\"", "\"kind\":\"run\"")))
                .isEmpty();
        assertThat(BenchResult.fromJson(json.replaceAll("\"runs\":\\[\\{.*?}}}]", "\"runs\":[]")))
                .isEmpty();
        assertThat(BenchResult.fromJson(json.substring(0, json.length() / 2))).isEmpty();
    }

    @Test
    void drawsTheDistribution() {
        Histogram nanos = new Histogram(3);
        record(nanos, 0.15, 440);
        record(nanos, 0.25, 380);
        record(nanos, 0.4, 140);
        record(nanos, 0.9, 34);
        record(nanos, 6.4, 6);

        assertThat(Bars.of(nanos))
                .containsExactly(
                        " <0.2  ███████████████████████  44.0 %",
                        " <0.3  ████████████████████     38.0 %",
                        " <0.5  ███████                  14.0 %",
                        " <1.0  ██                        3.4 %",
                        " <8.0  ▏                         0.6 %");
        assertThat(Bars.of(new Histogram(3))).isEmpty();
    }

    @Test
    void drawsOneValueAndManyDecades() {
        Histogram one = new Histogram(3);
        record(one, 100, 5);
        Histogram many = new Histogram(3);
        for (double millis = 0.001; millis < 10_000; millis *= 10) {
            record(many, millis, 10);
        }

        assertThat(Bars.of(one)).containsExactly(" <150  ███████████████████████  100.0 %");
        assertThat(Bars.of(many)).hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void aMatrixIsAPageWithATableForEachSize() {
        String page = MatrixPage.of(cells(), "nucleon bench f --matrix runtimes,sizes", "matrix.svg");

        assertThat(page)
                .contains("| Machine | 2 cores of EPYC 7763 (virtual), 8 GiB, Linux 6.1.0 |")
                .contains("| Load | closed loop × 50 · warm-up 2 s · 3 × 10 s |")
                .contains("![CPU time for each event](matrix.svg)")
                .contains("a closed loop can't see queueing")
                .contains("## Body of 0 B")
                .contains("## Body of 64 KiB")
                .contains(
                        "| java, shm | python 3.11.2 | 40 (39–41) | 100 (100–100) | 2.00 (1.95–2.05) | 4.00 (3.90–4.10) |");
    }

    @Test
    void itsChartIsXmlWithABarForEachCell() throws Exception {
        String svg = MatrixChart.svg(cells());

        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getElementsByTagName("path").getLength()).isEqualTo(4);
        assertThat(svg).contains("&lt;b&gt;, shm").doesNotContain("<b>");
    }

    @Test
    void saysWhenNotTheFunctionWasTheLimit() {
        Figures well = Samples.run(40, 4);
        Figures busy = new Figures(1000, 0, 10, 100, 0.05, 3, 0.95, 1, 0.2, 0.1, 0.5, 40, 1, List.of(), well.ms());

        assertThat(Suspicion.of(List.of(well), true)).isEmpty();
        assertThat(Suspicion.of(List.of(well, busy), true))
                .containsExactly(
                        "a thread of the generator was busy for 95 % of its time (--threads)",
                        "the generator came to 5.00 % of its requests more than 1 ms late",
                        "other processes took 20 % of the machine",
                        "the machine's host gave 10 % of it to others",
                        "compilers took 50 % of the function's CPU time: it was not warm (--warmup)");
        Figures slow = new Figures(1000, 0, 10, 100, 0, 3, 0.1, 1, 0, 0, 0, 40, 1, List.of(), well.ms());
        assertThat(Suspicion.of(List.of(slow), true))
                .containsExactly("p99 of how late the generator was is 75 % of the p99 it measured");
        assertThat(Suspicion.of(List.of(slow), false)).isEmpty();
    }

    private static List<MatrixCell> cells() {
        BenchResult result = Samples.result(0, 40, 41, 39);
        return List.of(
                new MatrixCell("java", 0, result),
                new MatrixCell("<b>", 0, result),
                new MatrixCell("java", 65536, result),
                new MatrixCell("<b>", 65536, result));
    }

    private static void record(Histogram nanos, double millis, long count) {
        nanos.recordValueWithCount((long) (millis * 1e6), count);
    }
}
