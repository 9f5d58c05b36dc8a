package io.nucleon.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.trigger.Async;
import io.nucleon.spec.trigger.Batch;
import io.nucleon.spec.trigger.Cors;
import io.nucleon.spec.trigger.Credentials;
import io.nucleon.spec.trigger.DeadLetter;
import io.nucleon.spec.trigger.Delivery;
import io.nucleon.spec.trigger.ExplicitAck;
import io.nucleon.spec.trigger.HttpConfig;
import io.nucleon.spec.trigger.ListenAddress;
import io.nucleon.spec.trigger.Mode;
import io.nucleon.spec.trigger.Ordering;
import io.nucleon.spec.trigger.Retry;
import io.nucleon.spec.trigger.TaskShare;
import io.nucleon.spec.trigger.Trigger;
import io.nucleon.spec.trigger.Workers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every default of a function's file, so that none moves unnoticed. */
class DefaultsTest {
    private final FunctionConfig config = FunctionReader.read("spec: {triggers: {a: {kind: http}}}", "function.yaml")
            .value();
    private final FunctionSpec spec = config.spec();
    private final Trigger trigger = spec.triggers().get("a");

    @Test
    void ofMetadata() {
        assertThat(config.metadata()).isEqualTo(new Metadata("", "default", Map.of(), Map.of(), ""));
        assertThat(config.metadata().project()).isEqualTo("default");
    }

    @Test
    void ofTheFunction() {
        assertThat(spec.description()).isEmpty();
        assertThat(spec.runtime()).isEqualTo(new RuntimeName("", ""));
        assertThat(spec.handler()).isEmpty();
        assertThat(spec.disable()).isFalse();
        assertThat(spec.publish()).isFalse();
        assertThat(spec.version()).isZero();
        assertThat(spec.alias()).isEqualTo("latest");
        assertThat(spec.disableDefaultHttpTrigger()).isEmpty();
        assertThat(spec.eventTimeout()).isEmpty();
        assertThat(spec.queue()).isEqualTo(new FunctionSpec.Queue(4096, 268_435_456));
        assertThat(spec.env()).isEmpty();
        assertThat(spec.dataBindings()).isEmpty();
        assertThat(spec.loggerSinks()).isEmpty();
        assertThat(spec.image()).isEqualTo(new FunctionSpec.Image("", "", "", "", "Always"));
        assertThat(spec.resources()).isEqualTo(new Resources(Map.of(), Map.of()));
        assertThat(spec.volumes()).isEmpty();
        assertThat(spec.readinessTimeout()).isEmpty();
        assertThat(spec.waitReadinessTimeoutBeforeFailure()).isFalse();
        assertThat(spec.disableSensitiveFieldsMasking()).isFalse();
    }

    @Test
    void ofRuntimeAttributes() {
        RuntimeAttributes attributes = spec.runtimeAttributes();

        assertThat(attributes.arguments()).isEmpty();
        assertThat(attributes.responseHeaders()).isEmpty();
        assertThat(attributes.jvmOptions()).isEmpty();
        assertThat(attributes.body()).isEqualTo(RuntimeAttributes.Body.COPY);
        assertThat(attributes.isolation()).isEqualTo(RuntimeAttributes.Isolation.NONE);
        assertThat(attributes.transport()).isEqualTo(RuntimeAttributes.Transport.AUTO);
        assertThat(attributes.shellMode()).isEqualTo(RuntimeAttributes.ShellMode.SPAWN);
        assertThat(attributes.polyglot().isEmpty()).isTrue();
    }

    @Test
    void ofBuild() {
        Build build = spec.build();

        assertThat(build.path()).isEmpty();
        assertThat(build.functionSourceCode()).isEmpty();
        assertThat(build.functionConfigPath()).isEmpty();
        assertThat(build.images()).isEqualTo(new Build.Images("", "", "", "", "", false));
        assertThat(build.noCache() || build.noCleanup() || build.offline()).isFalse();
        assertThat(build.tempDir()).isEmpty();
        assertThat(build.commands()).isEmpty();
        assertThat(build.directives()).isEqualTo(Map.of("preCopy", List.of(), "postCopy", List.of()));
        assertThat(build.dependencies()).isEmpty();
        assertThat(build.codeEntryType()).isEmpty();
        assertThat(build.timestamp()).isZero();
        assertThat(build.timeout()).contains(Duration.ofHours(1));
        assertThat(build.mode()).isEmpty();
        assertThat(build.args()).isEmpty();
        assertThat(build.flags()).isEmpty();
        assertThat(build.builderServiceAccount()).isEmpty();
    }

    @Test
    void ofTheCluster() {
        assertThat(spec.scaling())
                .isEqualTo(new Scaling(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        List.of()));
        assertThat(spec.placement())
                .isEqualTo(new Placement(Map.of(), "", Optional.empty(), Optional.empty(), "", "", Optional.empty()));
        assertThat(spec.pod())
                .isEqualTo(new Pod(
                        Optional.empty(),
                        new Pod.User(Optional.empty(), Optional.empty(), Optional.empty()),
                        Optional.empty(),
                        "",
                        "",
                        Optional.empty(),
                        false,
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(spec.platform())
                .isEqualTo(new LocalPlatform("", "127.0.0.1", Optional.empty(), 0, "", Duration.ofSeconds(1)));
    }

    @Test
    void ofATrigger() {
        assertThat(trigger.disabled()).isFalse();
        assertThat(trigger.url()).isEmpty();
        assertThat(trigger.paths()).isEmpty();
        assertThat(trigger.credentials()).isEqualTo(new Credentials("", "", ""));
        assertThat(trigger.workers())
                .isEqualTo(new Workers(Optional.empty(), Duration.ofSeconds(10), Duration.ofSeconds(10), ""));
        assertThat(trigger.workers().count()).isEqualTo(1);
        assertThat(trigger.mode()).isEqualTo(Mode.SYNC);
        assertThat(trigger.async())
                .isEqualTo(new Async(16, 0, Duration.ofSeconds(10), Async.Creation.STATIC, Optional.empty()));
        assertThat(trigger.batch()).isEqualTo(new Batch(false, 10, Duration.ofSeconds(1)));
        assertThat(trigger.delivery())
                .isEqualTo(new Delivery(
                        ExplicitAck.DISABLE,
                        Duration.ofMillis(100),
                        new Retry(5, Duration.ofSeconds(1), Duration.ofMinutes(1), 0.2, List.of()),
                        false,
                        new DeadLetter(DeadLetter.Target.JOURNAL, ""),
                        Ordering.PARTITION));
        assertThat(trigger.tasks()).isEqualTo(new TaskShare(0, 0, List.of()));
        assertThat(trigger.annotations()).isEmpty();
    }

    @Test
    void ofAnHttpTrigger() {
        assertThat(HttpConfig.read(trigger, new Problems()))
                .isEqualTo(new HttpConfig(
                        new ListenAddress("", 8080),
                        Optional.empty(),
                        16_384,
                        4_194_304,
                        false,
                        true,
                        "",
                        Map.of(),
                        new Cors(
                                false,
                                List.of("*"),
                                List.of("HEAD", "GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"),
                                List.of(
                                        "Accept",
                                        "Content-Length",
                                        "Content-Type",
                                        "Authorization",
                                        "X-Nuclio-Log-Level"),
                                List.of(),
                                false,
                                5,
                                "OPTIONS")));
    }
}
