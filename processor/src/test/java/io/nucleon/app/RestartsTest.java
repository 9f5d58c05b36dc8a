package io.nucleon.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.spec.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartsTest {

    private static final String WEB = "  triggers: {web: {kind: http, numWorkers: 1}}\n";

    @TempDir
    private Path folder;

    private Plan plan(String name, String spec) throws IOException {
        Files.writeString(
                folder.resolve("function.yaml"),
                "metadata: {name: " + name + "}\nspec:\n  runtime: python\n  handler: main:handler\n" + spec);
        return Plan.ofPath(folder, Overrides.NONE, Map.of(), false, ReadOptions.DEFAULT);
    }

    @Test
    void whatWorkersAreToldIsTakenOver() throws IOException {
        Plan serving = plan("orders", WEB);
        Plan next = plan("orders", """
                  triggers: {web: {kind: http, numWorkers: 3, mode: async, workerTerminationTimeout: 3s}}
                  eventTimeout: 5s
                  env: [{name: A, value: b}]
                """);

        assertThat(Restarts.between(serving, next)).isEmpty();
        assertThat(Restarts.keep(serving, next)).isSameAs(next);
    }

    @Test
    void triggersThatAreMadeOfOtherThingsCountFromTheNextStart() throws IOException {
        Plan serving = plan("orders", WEB);
        Plan next = plan("orders", """
                  handler: other:run
                  triggers:
                    web: {kind: http, numWorkers: 3, url: ":9999"}
                    night: {kind: cron, attributes: {interval: 1h}}
                """.replace("  handler: other:run\n", ""));

        assertThat(Restarts.between(serving, next)).containsExactly("spec.triggers.web", "spec.triggers.night");
        assertThat(Restarts.keep(serving, next).triggers()).isEqualTo(serving.triggers());
    }

    @Test
    void aNameAndTheBoundsOfTheLineCountFromTheNextStartAndTheRestIsTakenOver() throws IOException {
        Plan serving = plan("orders", WEB);
        Plan next = plan("bestellungen", WEB + "  maxQueuedEvents: 7\n  eventTimeout: 5s\n");

        Plan kept = Restarts.keep(serving, next);

        assertThat(Restarts.between(serving, next)).containsExactly("metadata", "spec.maxQueuedEvents");
        assertThat(kept.name()).isEqualTo("orders");
        assertThat(kept.config().name()).isEqualTo("orders");
        assertThat(kept.config().spec().queue())
                .isEqualTo(serving.config().spec().queue());
        assertThat(kept.config().spec().eventTimeout()).hasValue(java.time.Duration.ofSeconds(5));
    }

    @Test
    void theOrderOfTriggersCounts() throws IOException {
        String first = "    a: {kind: http}\n";
        String second = "    b: {kind: cron, attributes: {interval: 1h}}\n";
        Plan serving = plan("orders", "  triggers:\n" + first + second);
        Plan next = plan("orders", "  triggers:\n" + second + first);

        assertThat(Restarts.between(serving, next)).containsExactly("spec.triggers.b", "spec.triggers.a");
        assertThat(Restarts.keep(serving, next).triggers()).isEqualTo(serving.triggers());
    }

    @Test
    void theMessageNamesThem() {
        assertThat(Restarts.message("function.yaml", List.of("metadata", "spec.triggers.web"))
                        .what())
                .isEqualTo("function.yaml: metadata, spec.triggers.web count from the next start only");
    }
}
