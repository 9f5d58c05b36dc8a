package io.nucleon.triggertest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.support.Certificate;
import io.nucleon.support.NucleonCommand;
import io.nucleon.support.SourceTree;
import io.nucleon.support.TestProcessor;
import io.nucleon.support.broker.KafkaBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broker that wants TLS and a user's name. */
@Timeout(180)
class KafkaSecurityTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    private static Path keys;

    private static Certificate certificate;
    private static KafkaBroker broker;

    @TempDir
    private Path folder;

    private Ledger ledger;

    @BeforeAll
    static void startBroker() throws Exception {
        certificate = Certificate.make(keys);
        String plain = "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"admin\""
                + " password=\"admin-secret\" user_admin=\"admin-secret\" user_fn=\"fn-secret\";";
        Map<String, String> settings = new HashMap<>();
        settings.put("listener.security.protocol.map", "CLIENT:SASL_SSL,CONTROLLER:PLAINTEXT");
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.location", certificate.keyStore().toString());
        settings.put("ssl.keystore.password", certificate.password());
        settings.put("ssl.key.password", certificate.password());
        settings.put("ssl.truststore.type", "PKCS12");
        settings.put("ssl.truststore.location", certificate.keyStore().toString());
        settings.put("ssl.truststore.password", certificate.password());
        settings.put("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256");
        settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        settings.put("listener.name.client.plain.sasl.jaas.config", plain);
        settings.put(
                "listener.name.client.scram-sha-256.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        broker = new KafkaBroker(settings).start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        if (broker != null) {
            broker.close();
        }
    }

    @BeforeEach
    void openLedger() throws IOException {
        ledger = new Ledger(Files.createFile(folder.resolve("ledger")));
    }

    private static KafkaSource source() throws Exception {
        return new KafkaSource(
                broker,
                "secured" + NUMBER.incrementAndGet(),
                Map.of(
                        "security.protocol",
                        "SASL_SSL",
                        "ssl.truststore.type",
                        "PEM",
                        "ssl.truststore.certificates",
                        certificate.pem(),
                        "sasl.mechanism",
                        "PLAIN",
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"admin\""
                                + " password=\"admin-secret\";"));
    }

    /** @param tls what it says of TLS, as a map in YAML */
    private Path function(KafkaSource source, String mechanism, String password, String tls) throws IOException {
        Path function = Files.createDirectories(folder.resolve("fn"));
        Files.copy(SourceTree.top().resolve("tests/functions/python/ledger/ledger.py"), function.resolve("ledger.py"));
        String trigger = source.trigger().stripTrailing();
        String attributes =
                trigger.substring(0, trigger.length() - 1) + ", sasl: {enable: true, mechanism: " + mechanism
                        + ", user: fn, password: " + password + "}, tls: " + tls + ", caCert: \""
                        + certificate.pem().replace("\n", "\\n") + "\"}";
        Files.writeString(
                function.resolve("function.yaml"),
                "metadata: {name: ledger}\nspec:\n  runtime: python\n  handler: ledger:handler\n  triggers:\n    source:\n"
                        + attributes.indent(6));
        return function;
    }

    private Map<String, String> environment() {
        return Map.of(
                "LEDGER",
                ledger.file().toString(),
                "XDG_STATE_HOME",
                folder.resolve("state").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256"})
    void eventsComeToWhoKnowsThePassword(String mechanism) throws Exception {
        try (KafkaSource source = source()) {
            source.admin()
                    .alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            "fn", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096), "fn-secret")))
                    .all()
                    .get(60, TimeUnit.SECONDS);
            Path function = function(source, mechanism, "fn-secret", "{enable: true}");
            try (TestProcessor processor = TestProcessor.start(new TestProcessor.Setting(
                    "trigger-kafka-security-" + mechanism, function, List.of(), environment()))) {
                source.send(0, "one:ok");
                source.send(1, "two:ok");

                await("their acks").atMost(SOON).until(() -> source.left() == 0);
                assertThat(ledger.done()).as(processor.output()).containsOnlyKeys("one", "two");
            }
        }
    }

    @Test
    void whoDoesNotIsToldSoAtTheStart() throws Exception {
        try (KafkaSource source = source()) {
            Path function = function(source, "PLAIN", "guessed", "{enable: true}");

            NucleonCommand.Ended run = NucleonCommand.run(
                    folder,
                    List.of("run", function.toString(), "--port", "0", "--no-watch", "--brokers", "on"),
                    environment());

            assertThat(run.exit()).as(run.err()).isNotZero();
            assertThat(run.err())
                    .contains("NUC-5")
                    .contains("fn")
                    .containsIgnoringCase("Authentication failed")
                    .doesNotContain("guessed");
        }
    }
}
