package io.nucleon.spec.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.spec.EnvVar;
import io.nucleon.spec.LoggerSink;
import io.nucleon.spec.RuntimeName;
import io.nucleon.spec.field.Attributes;
import io.nucleon.spec.problem.Problem;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.trigger.ListenAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformReaderTest {
    @Test
    void defaultsArePinned(@TempDir Path folder) {
        PlatformConfig config =
                PlatformReader.read(folder.resolve("platform.yaml")).value();

        assertThat(config.kind()).isEmpty();
        assertThat(config.webAdmin()).isEqualTo(new Listener(true, new ListenAddress("", 8081)));
        assertThat(config.healthCheck()).isEqualTo(new Listener(true, new ListenAddress("", 8082)));
        assertThat(config.logger().sinks().keySet()).containsExactly("stdout");
        assertThat(config.logger().sinks().get("stdout").kind()).isEqualTo("stdout");
        assertThat(config.logger().system()).containsExactly(new LoggerSink(LoggerSink.Level.DEBUG, "stdout"));
        assertThat(config.logger().functions()).containsExactly(new LoggerSink(LoggerSink.Level.DEBUG, "stdout"));
        assertThat(config.metrics()).isEqualTo(new Metrics(Map.of(), List.of(), List.of()));
        assertThat(config.journal())
                .isEqualTo(new JournalConfig("", 21_474_836_480L, Duration.ofHours(24), false, List.of()));
        assertThat(config.disableDefaultHttpTrigger()).isFalse();
        assertThat(config.cronTriggerCreationMode()).isEqualTo(PlatformConfig.CronCreation.PROCESSOR);
        assertThat(config.functionReadinessTimeout()).hasSeconds(120);
        assertThat(config.functionInvocationTimeout()).hasSeconds(60);
        assertThat(config.local().healthChecks()).isTrue();
        assertThat(config.local().healthTimeout()).hasSeconds(5);
        assertThat(config.local().healthInterval()).hasSeconds(30);
        assertThat(config.kube().serviceType()).isEqualTo("ClusterIP");
        assertThat(config.kube().ingress().className()).isEqualTo("nginx");
        assertThat(config.kube().preemptibleMode()).isEqualTo("prevent");
        assertThat(config.scaling().toZero().isEnabled()).isFalse();
        assertThat(config.scaling().toZero().scalerInterval()).hasMinutes(1);
        assertThat(config.scaling().toZero().resourceReadinessTimeout()).hasMinutes(2);
        assertThat(config.scaling().toZero().multiTargetStrategy()).isEqualTo("random");
        assertThat(config.scaling().metricsMode()).isEqualTo(Scaling.MetricsMode.LEGACY);
        assertThat(config.sensitiveFields()).isEqualTo(new PlatformConfig.SensitiveFields(false, List.of()));
    }

    @Test
    void readsAWholeFile() {
        String text = """
                kind: local
                webAdmin: {enabled: false, listenAddress: '127.0.0.1:9081'}
                logger:
                  sinks:
                    out: {kind: stdout, attributes: {encoding: json}}
                  system: [{level: info, sink: out}]
                  functions: [{level: warning, sink: out}]
                metrics:
                  sinks:
                    pull: {kind: prometheusPull, url: ':8090'}
                  functions: [pull]
                journal: {path: /var/lib/nucleon, maxSize: 1GiB, keep: 48h, sync: true, redact: [X-Key]}
                runtime:
                  common: {env: [{name: A, value: common}, {name: B, value: common}]}
                  python: {env: [{name: A, value: python}], pipCAPath: /etc/ca, buildArgs: {X: y}}
                projectsLeader: {kind: mock}
                """;

        PlatformConfig config = PlatformReader.read(text, "platform.yaml").value();

        assertThat(config.webAdmin()).isEqualTo(new Listener(false, new ListenAddress("127.0.0.1", 9081)));
        assertThat(config.logger().functions()).containsExactly(new LoggerSink(LoggerSink.Level.WARN, "out"));
        assertThat(config.metrics().functions()).containsExactly("pull");
        assertThat(config.journal())
                .isEqualTo(new JournalConfig("/var/lib/nucleon", 1L << 30, Duration.ofDays(2), true, List.of("X-Key")));
        var own = List.of(new EnvVar("B", "own", Attributes.none("")));
        assertThat(config.runtime().env(RuntimeName.parse("python:3.11"), own))
                .extracting(variable -> variable.name() + "=" + variable.value())
                .containsExactly("B=own", "A=python");
    }

    @Test
    void reportsWhatIsWrong() {
        String text = """
                loger: {}
                webAdmin: {listenAddress: here}
                logger:
                  sinks: {stdout: {kind: stdout}}
                  functions: [{sink: stdot}]
                metrics: {functions: [pull]}
                journal: {maxSize: much}
                """;

        assertThat(PlatformReader.read(text, "platform.yaml").problems())
                .extracting(Problem::oneLine)
                .containsExactly(
                        "NUC-1012 platform.yaml:1 has an unknown field loger: nuclio ignores unknown fields silently, so "
                                + "nucleon accepts the file too: it has no effect; fix: did you mean 'logger'?",
                        "NUC-1039 platform.yaml:2 webAdmin.listenAddress is no address to listen on: 'here' stands there; "
                                + "fix: write a port or a host and a port, such as ':8081' or '127.0.0.1:8081'",
                        "NUC-1032 platform.yaml:5 logger.functions[0].sink names a sink that is not defined: Failed to "
                                + "find logger sink stdot; fix: did you mean 'stdout'?",
                        "NUC-1032 platform.yaml:6 metrics.functions names a sink that is not defined: Failed to find metric "
                                + "sink pull; fix: define it below metrics.sinks",
                        "NUC-1029 platform.yaml:7 journal.maxSize is not a size: 'much' stands there; fix: write a number "
                                + "of bytes or a size, such as 512Mi or 20GiB");
    }

    @Test
    void aNamelessSinkOfAFunctionChangesTheLevelOnly() {
        Logging logger = PlatformReader.defaults().value().logger();
        var problems = new Problems();

        assertThat(logger.of(List.of(new LoggerSink(LoggerSink.Level.ERROR, "")), problems))
                .containsExactly(new LoggerSink(LoggerSink.Level.ERROR, "stdout"));
        assertThat(logger.of(List.of(new LoggerSink(LoggerSink.Level.ERROR, "x")), problems))
                .isEmpty();
        assertThat(problems.list()).hasSize(1);
    }

    @Test
    void twoVariablesTellOfACluster() {
        assertThat(PlatformConfig.isInCluster(Map.of("KUBERNETES_SERVICE_HOST", "h", "KUBERNETES_SERVICE_PORT", "1")))
                .isTrue();
        assertThat(PlatformConfig.isInCluster(Map.of("KUBERNETES_SERVICE_HOST", "h")))
                .isFalse();
    }
}
