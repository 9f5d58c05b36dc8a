package io.nucleon.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.runtime.Platform;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.runtime.WorkerTrigger;
import io.nucleon.spec.ReadOptions;
import io.nucleon.spec.trigger.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    private static final Platform HOST = new Platform("local", "http://127.0.0.1:41007");

    @TempDir
    private Path folder;

    private Plan plan(String spec, Map<String, String> environment) throws IOException {
        return plan("python", spec, environment);
    }

    private Plan plan(String runtime, String spec, Map<String, String> environment) throws IOException {
        Files.writeString(
                folder.resolve("function.yaml"), "spec:\n  runtime: " + runtime + "\n  handler: main:handler\n" + spec);
        return Plan.ofPath(folder, Overrides.NONE, environment, false, ReadOptions.DEFAULT);
    }

    private static RuntimeSetting setting(Plan plan, String trigger) {
        Trigger first = plan.triggers().stream()
                .filter(one -> one.name().equals(trigger))
                .findFirst()
                .orElseThrow();
        return Settings.runtime(plan, first, Settings.sources(plan), HOST);
    }

    @Test
    void eachTriggersWorkersAreToldOfTheirOwn() throws IOException {
        Plan plan = plan("""
                  triggers:
                    web: {kind: http}
                    night: {kind: cron, attributes: {interval: 1h}}
                """, Map.of());

        assertThat(setting(plan, "web").trigger()).isEqualTo(new WorkerTrigger("http", "web"));
        assertThat(setting(plan, "night").trigger()).isEqualTo(new WorkerTrigger("cron", "night"));
        assertThat(setting(plan, "night").triggers()).hasSize(2);
    }

    @Test
    void valuesOfVariablesWhoseNamesSayThatTheyAreSecretsAreToBeMasked() throws IOException {
        Plan plan = plan("""
                  env:
                  - {name: DB_PASSWORD, value: swordfish-1}
                  - {name: MODE, value: swordfish-2}
                  - {name: HOME, valueFrom: {secretKeyRef: {name: s, key: k}}}
                """, Map.of("API_TOKEN", "swordfish-3"));

        assertThat(Settings.secrets(plan))
                .contains("swordfish-1", "swordfish-3", System.getenv("HOME"))
                .doesNotContain("swordfish-2");
    }

    @Test
    void modeAsyncIsForRuntimesWhoseHandlersCanWait() throws IOException {
        String async = "  triggers: {web: {kind: http, mode: async}}\n";

        assertThat(setting(plan(async, Map.of()), "web").inFlight()).isEqualTo(16);
        assertThat(setting(plan("ruby", async, Map.of()), "web").inFlight()).isEqualTo(1);
    }

    @Test
    void anAttributeWithoutAValueIsNone() throws IOException {
        RuntimeSetting setting =
                setting(plan("  runtimeAttributes: {arguments: , responseHeaders: null}\n", Map.of()), "default-http");

        assertThat(setting.attributes()).doesNotContainKeys("arguments", "responseHeaders");
    }

    @Test
    void aPoolWithANameHasNoTriggerOfItsOwn() throws IOException {
        Plan plan = plan("""
                  triggers:
                    web: {kind: http, workerAllocatorName: common}
                """, Map.of());

        assertThat(setting(plan, "web").trigger()).isEqualTo(new WorkerTrigger("", "common"));
    }

    @Test
    void functionsAreToldWhereTheOthersAre() throws IOException {
        RuntimeSetting setting = setting(plan("", Map.of()), "default-http");

        assertThat(setting.platform()).isEqualTo(HOST);
        assertThat(setting.environment()).containsEntry(Platform.URLS_VARIABLE, "http://127.0.0.1:41007");
    }

    @Test
    void whatTheUserSaysOfTheOthersWins() throws IOException {
        String elsewhere = "http://functions.example";

        RuntimeSetting setting = setting(plan("", Map.of(Platform.URLS_VARIABLE, elsewhere)), "default-http");

        assertThat(setting.platform()).isEqualTo(new Platform("local", elsewhere));
        assertThat(setting.environment()).containsEntry(Platform.URLS_VARIABLE, elsewhere);
    }

    @Test
    void aClusterIsToldByItsEnvironment() {
        assertThat(Platform.kindIn(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1", "KUBERNETES_SERVICE_PORT", "443")))
                .isEqualTo("kube");
        assertThat(Platform.kindIn(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1")))
                .isEqualTo("local");
    }
}
