package io.nucleon.cli;

import static io.nucleon.cli.HostLines.ACKED;
import static io.nucleon.cli.HostLines.SENT;
import static io.nucleon.cli.HostLines.STORED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Transcripts with a function that {@code nucleon run} serves and a deployed one of the same name. */
@Timeout(60)
class SharedNameTest {

    private static final String NOTE = "note: two functions 'orders' run; this is ";

    @TempDir
    Path home;

    private ServedFunction run;
    private ServedFunction deployed;

    @BeforeEach
    void start() throws IOException {
        run = served(false, "here");
        deployed = served(true, "there");
    }

    private ServedFunction served(boolean isDeployed, String handler) throws IOException {
        return new ServedFunction("orders", home, isDeployed)
                .page("/", "\"" + handler + "\"")
                .page(
                        "/functions",
                        "{\"functions\":[{\"name\":\"orders\",\"state\":\"ready\",\"handler\":\"" + handler + "\"}]}")
                .page(
                        "/logs",
                        "{\"newest\":1,\"lines\":[{\"number\":1,\"time\":0,\"function\":\"orders\",\"level\":\"info\","
                                + "\"worker\":0,\"event\":\"\",\"message\":\"" + handler + "\",\"with\":\"\"}]}");
    }

    @AfterEach
    void stop() {
        run.close();
        deployed.close();
    }

    private Transcript run(String... words) {
        return Transcript.in(home).run(words);
    }

    @Test
    void aNameMeansWhatSomebodyRunsAndThePlatformsNameTheDeployedOne() {
        Transcript plain = run("invoke", "orders");
        assertThat(plain.out()).isEqualTo("\"here\"");
        assertThat(plain.err()).endsWith(" · that of nucleon run; the deployed one: --platform local\n");

        Transcript platform = run("invoke", "orders", "--platform", "local");
        assertThat(platform.out()).isEqualTo("\"there\"");
        assertThat(platform.err()).endsWith(" · the deployed one; that of nucleon run: without --platform local\n");
        assertThat(run("nuctl", "invoke", "orders").out()).contains("\"there\"");
    }

    @Test
    void whatIsAloneIsMeantByItsNameWithoutAWord() {
        run.close();
        assertThat(run("invoke", "orders").out()).isEqualTo("\"there\"");
        assertThat(run("invoke", "orders").err()).doesNotContain("nucleon run");
    }

    @Test
    void bothAreListedAndEachCanBeSeen() {
        assertThat(run("list", "--no-header").out())
                .startsWith("orders\tready, run\t")
                .contains("\norders\tready\t");
        assertThat(run("list", "-o", "name").out()).isEqualTo("function/orders\n");
        assertThat(run("get", "orders", "-o", "json").out()).contains("\"handler\":\"here\"", "\"deployed\":false");
        assertThat(run("get", "orders", "-o", "json", "--platform", "local").out())
                .contains("\"handler\":\"there\"", "\"deployed\":true");
        assertThat(run("logs", "orders").out()).contains("here").doesNotContain("there");
        assertThat(run("logs", "orders").err())
                .isEqualTo(NOTE + "that of nucleon run; the deployed one: --platform local\n");
        assertThat(run("logs", "orders", "--platform", "local", "-q"))
                .satisfies(logs -> assertThat(logs.out()).contains("there"))
                .satisfies(logs -> assertThat(logs.err()).isEmpty());
    }

    @Test
    void severalRunsAreToldApartByTheirFolders() throws IOException {
        Path shop = Files.createDirectories(home.resolve("shop"));
        try (ServedFunction _ = new ServedFunction("orders", home, shop)
                .page("/", "\"in the shop\"")
                .page("/functions", "{\"functions\":[{\"name\":\"orders\",\"state\":\"ready\"}]}")) {
            assertThat(run("list", "--no-header").out().lines().map(line -> line.split("\t")[1]))
                    .containsExactlyInAnyOrder("ready", "ready, run from HOME", "ready, run from HOME/shop");
            assertThat(run("invoke", "shop").out()).isEqualTo("\"in the shop\"");
            assertThat(run("invoke", "orders").exit()).isEqualTo(2);
            assertThat(run("invoke", ".").out()).isEqualTo("\"here\"");
        }
    }

    @Test
    void eventsGoWhereCallsGo() throws IOException, InterruptedException {
        run.close();
        deployed.close();
        try (ScriptedControl here = new ScriptedControl("orders", home, false);
                ScriptedControl there = new ScriptedControl("orders", home, true)) {
            here.answers(SENT + STORED + ACKED);
            there.answers(SENT + STORED + ACKED);

            assertThat(run("events", "send", "kafka", "orders").err())
                    .isEqualTo(NOTE + "that of nucleon run; the deployed one: --platform local\n");
            assertThat(here.question()).startsWith("send {");
            assertThat(run("events", "send", "kafka", "orders", "--platform", "local")
                            .err())
                    .isEqualTo(NOTE + "the deployed one; that of nucleon run: without --platform local\n");
            assertThat(there.question()).startsWith("send {");
        }
    }
}
