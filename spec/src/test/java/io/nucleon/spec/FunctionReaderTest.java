package io.nucleon.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.spec.problem.Problem;
import io.nucleon.spec.problem.SpecException;
import io.nucleon.spec.trigger.Mode;
import io.nucleon.spec.trigger.Ordering;
import io.nucleon.spec.trigger.Retry;
import io.nucleon.spec.trigger.Trigger;
import io.nucleon.spec.yaml.NodeWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionReaderTest {
    private static final String WHOLE = """
            apiVersion: "nuclio.io/v1"
            kind: NuclioFunction
            metadata:
              name: billing
              namespace: shop
              labels:
                nuclio.io/project-name: money
            spec:
              description: writes bills
              runtime: "python:3.11"
              handler: main:handler
              eventTimeout: 1m30s
              env:
              - name: CURRENCY
                value: EUR
              - name: LIMIT
                value: 5
              triggers:
                web:
                  kind: http
                  numWorkers: 4
                  workerAvailabilityTimeoutMilliseconds: 0
                  attributes:
                    maxRequestBodySize: 1024
                    cors: {enabled: true}
                orders:
                  kind: kafka-cluster
                  maxWorkers: 2
                  attributes:
                    topics: [orders]
              build:
                commands: [pip install requests]
            """;

    @Test
    void readsAWholeFile() {
        Read<FunctionConfig> read = FunctionReader.read(WHOLE, "function.yaml");

        assertThat(read.problems()).isEmpty();
        FunctionConfig config = read.value();
        assertThat(config.name()).isEqualTo("billing");
        assertThat(config.metadata().namespace()).isEqualTo("shop");
        assertThat(config.metadata().project()).isEqualTo("money");
        FunctionSpec spec = config.spec();
        assertThat(spec.runtime()).isEqualTo(new RuntimeName("python", "3.11"));
        assertThat(spec.eventTimeout()).contains(Duration.ofSeconds(90));
        assertThat(spec.env()).extracting(EnvVar::name).containsExactly("CURRENCY", "LIMIT");
        assertThat(spec.env()).extracting(EnvVar::value).containsExactly("EUR", "5");
        assertThat(spec.triggers().keySet()).containsExactly("web", "orders");
        Trigger web = spec.triggers().get("web");
        assertThat(web.workers().count()).isEqualTo(4);
        assertThat(web.workers().availabilityTimeout()).isZero();
        assertThat(spec.triggers().get("orders").workers().count()).isEqualTo(2);
        assertThat(spec.build().commands()).containsExactly("pip install requests");
    }

    @Test
    void takesFieldNamesInAnyLetterCase() {
        String text = "SPEC: {targetCpu: 60, Triggers: {a: {Kind: http, NUMWORKERS: 3}}}";

        FunctionSpec spec = FunctionReader.read(text, "function.yaml").value().spec();

        assertThat(spec.scaling().targetCpuPercent()).contains(60);
        assertThat(spec.triggers().get("a").workers().count()).isEqualTo(3);
    }

    @Test
    void takesJson() {
        String text =
                "{\n\t\"metadata\": {\"name\": \"a\\/b\"},\n\t\"spec\": {\"runtime\": \"nodejs\", \"version\": 3}\n}";

        FunctionConfig config = FunctionReader.read(text, "function.json").value();

        assertThat(config.name()).isEqualTo("a/b");
        assertThat(config.spec().version()).isEqualTo(3);
    }

    @Test
    void anEmptyFileIsAFunctionOfDefaults() {
        Read<FunctionConfig> read = FunctionReader.read("# nothing\n", "function.yaml");

        assertThat(read.problems()).isEmpty();
        assertThat(read.value().spec().triggers()).isEmpty();
    }

    @Test
    void reportsEveryProblemAtOnceInTheFilesOrder() {
        String text = """
                spec:
                  runtime: pyton
                  version: two
                  eventTimeout: 5
                  trigers: {}
                  triggers:
                    a: {kind: kakfa, numWorkers: 100001}
                """;

        List<Problem> problems = FunctionReader.read(text, "function.yaml").problems();

        assertThat(problems)
                .extracting(problem -> problem.code().code())
                .containsExactly("NUC-1005", "NUC-1010", "NUC-1014", "NUC-1012", "NUC-1013", "NUC-1011");
        assertThat(problems).extracting(Problem::line).containsExactly(2, 3, 4, 5, 7, 7);
        assertThat(problems)
                .extracting(Problem::path)
                .containsExactly(
                        "spec.runtime",
                        "spec.version",
                        "spec.eventTimeout",
                        "spec.trigers",
                        "spec.triggers.a.kind",
                        "spec.triggers.a.numWorkers");
    }

    @Test
    void refusesToHandOutAConfigurationWithErrors() {
        Read<FunctionConfig> read = FunctionReader.read("spec: {runtime: golang}", "function.yaml");

        assertThatThrownBy(read::value)
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("NUC-1004 runtime 'golang' is not in this version (function.yaml:1)");
    }

    @Test
    void keepsUnknownFieldsForExport() {
        FunctionConfig config = FunctionReader.read(WHOLE + "  future: {deep: [1, two]}\n", "function.yaml")
                .value();

        String written = NodeWriter.yaml(config.raw());

        assertThat(FunctionReader.read(written, "copy.yaml").value().raw().plain())
                .isEqualTo(config.raw().plain());
        assertThat(written).contains("future:");
    }

    @Test
    void readsNucleonsOwnKeys() {
        String text = """
                spec:
                  runtime: python
                  maxQueuedEvents: 10
                  maxQueuedBytes: 1Mi
                  runtimeAttributes: {body: view, isolation: process, transport: unix, jvmOptions: -Xmx1g}
                  triggers:
                    orders:
                      kind: kafka
                      mode: async
                      async: {maxConnectionsNumber: 4}
                      retry: {maxAttempts: 2, backoff: 2s, maxBackoff: 4s, jitter: 0, onStatus: [500, 503]}
                      deadLetter: topic:orders-dead
                      ordering: key
                """;

        FunctionSpec spec = FunctionReader.read(text, "function.yaml").value().spec();

        assertThat(spec.queue()).isEqualTo(new FunctionSpec.Queue(10, 1 << 20));
        assertThat(spec.runtimeAttributes().body()).isEqualTo(RuntimeAttributes.Body.VIEW);
        assertThat(spec.runtimeAttributes().isolation()).isEqualTo(RuntimeAttributes.Isolation.PROCESS);
        assertThat(spec.runtimeAttributes().transport()).isEqualTo(RuntimeAttributes.Transport.UNIX);
        assertThat(spec.runtimeAttributes().jvmOptions()).containsExactly("-Xmx1g");
        Trigger orders = spec.triggers().get("orders");
        assertThat(orders.mode()).isEqualTo(Mode.ASYNC);
        assertThat(orders.async().maxConnections()).isEqualTo(4);
        assertThat(orders.delivery().retry())
                .isEqualTo(new Retry(2, Duration.ofSeconds(2), Duration.ofSeconds(4), 0, List.of(500, 503)));
        assertThat(orders.delivery().deadLetter()).hasToString("topic:orders-dead");
        assertThat(orders.delivery().ordering()).isEqualTo(Ordering.KEY);
    }

    @Test
    void modeMayStandAmongTheAttributes() {
        String text = "spec: {triggers: {a: {kind: http, attributes: {mode: async}}}}";

        assertThat(FunctionReader.read(text, "function.yaml")
                        .value()
                        .spec()
                        .triggers()
                        .get("a")
                        .mode())
                .isEqualTo(Mode.ASYNC);
    }

    @Test
    void aDisabledTriggerIsNotActive() {
        String text = "spec: {triggers: {a: {kind: http, disabled: true}, b: {kind: nats}}}";

        assertThat(FunctionReader.read(text, "function.yaml").value().spec().activeTriggers())
                .extracting(Trigger::name)
                .containsExactly("b");
    }
}
