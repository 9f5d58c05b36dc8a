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

/** A broker that wants TLS and a user's name, as an event hub does, which is a broker whose password is its connection string. */
@Timeout(180)
class KafkaSecurityTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String HUB_PASSWORD =
            "Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=listen;SharedAccessKey=c2VjcmV0==";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    private static Path keys;

    private static Certificate certificate;
    private static TokenServer tokens;
    private static KafkaBroker broker;

    @TempDir
    private Path folder;

    private Ledger ledger;

    @BeforeAll
    static void startBroker() throws Exception {
        certificate = Certificate.make(keys);
        tokens = new TokenServer("fn", "fn-secret");
        String plain = "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"admin\""
                + " password=\"admin-secret\" user_admin=\"admin-secret\" user_fn=\"fn-secret\""
                + " user_$ConnectionString=\"" + HUB_PASSWORD + "\";";
        Map<String, String> settings = new HashMap<>();
        settings.put("listener.security.protocol.map", "CLIENT:SASL_SSL,CONTROLLER:PLAINTEXT");
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.location", certificate.keyStore().toString());
        settings.put("ssl.keystore.password", certificate.password());
        settings.put("ssl.key.password", certificate.password());
        settings.put("ssl.truststore.type", "PKCS12");
        settings.put("ssl.truststore.location", certificate.keyStore().toString());
        settings.put("ssl.truststore.password", certificate.password());
        settings.put("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,OAUTHBEARER");
        settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        settings.put("listener.name.client.plain.sasl.jaas.config", plain);
        settings.put(
                "listener.name.client.scram-sha-256.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        settings.put(
                "listener.name.client.oauthbearer.sasl.jaas.config",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;");
        String handler = "org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler";
        settings.put("listener.name.client.oauthbearer.sasl.server.callback.handler.class", handler);
        settings.put("sasl.oauthbearer.jwks.endpoint.url", tokens.keys());
        settings.put("sasl.oauthbearer.expected.audience", TokenServer.AUDIENCE);
        settings.put("sasl.oauthbearer.expected.issuer", TokenServer.ISSUER);
        broker = new KafkaBroker(settings, "-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=" + tokens.keys()).start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        if (broker != null) {
            broker.close();
        }
        tokens.close();
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
        String trigger = source.trigger().stripTrailing();
        return function(trigger.substring(0, trigger.length() - 1) + ", sasl: {enable: true, mechanism: " + mechanism
                + ", user: fn, password: " + password + "}, tls: " + tls + "}");
    }

    /** @param trigger in YAML, its attributes last and on one line */
    private Path function(String trigger) throws IOException {
        Path function = Files.createDirectories(folder.resolve("fn"));
        Files.copy(SourceTree.top().resolve("tests/functions/python/ledger/ledger.py"), function.resolve("ledger.py"));
        String attributes = trigger.substring(0, trigger.length() - 1) + ", caCert: \""
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
            eventsCome(source, mechanism, function);
        }
    }

    @Test
    void eventsOfAHubComeToWhoKnowsItsKey() throws Exception {
        try (KafkaSource source = source()) {
            Path function = function("kind: eventhub\nurl: '" + source.address()
                    + "'\nattributes: {namespace: shop, eventHubName: " + source.topic()
                    + ", sharedAccessKeyName: listen, sharedAccessKeyValue: c2VjcmV0==, consumerGroup: g-"
                    + source.topic() + "}");
            eventsCome(source, "eventhub", function);
        }
    }

    @Test
    void eventsComeToWhoHasATokenOfTheirClient() throws Exception {
        try (KafkaSource source = source()) {
            Path function = function(tokenTrigger(source, "fn-secret"));
            eventsCome(source, "OAUTHBEARER", function);

            assertThat(tokens.scopes()).containsOnly("read commit");
        }
    }

    @Test
    void whoIsGivenNoTokenIsToldWhy() throws Exception {
        try (KafkaSource source = source()) {
            Path function = function(tokenTrigger(source, "guessed"));
            try (TestProcessor processor = TestProcessor.start(
                    new TestProcessor.Setting("trigger-kafka-security-no-token", function, List.of(), environment()))) {

                await("the reason")
                        .atMost(SOON)
                        .until(() -> processor
                                .output()
                                .lines()
                                .anyMatch(line -> line.contains("NUC-5010") && line.contains("invalid_client")));
                assertThat(processor.output()).doesNotContain("guessed");
            }
        }
    }

    private static String tokenTrigger(KafkaSource source, String secret) {
        String trigger = source.trigger().stripTrailing();
        return trigger.substring(0, trigger.length() - 1)
                + ", sasl: {enable: true, mechanism: OAUTHBEARER, oauth: {clientID: fn, clientSecret: " + secret
                + ", tokenURL: '" + tokens.url() + "', scopes: [read, commit]}}, tls: {enable: true}}";
    }

    private void eventsCome(KafkaSource source, String name, Path function) throws Exception {
        try (TestProcessor processor = TestProcessor.start(
                new TestProcessor.Setting("trigger-kafka-security-" + name, function, List.of(), environment()))) {
            source.send(0, "one:ok");
            source.send(1, "two:ok");

            await("their acks").atMost(SOON).until(() -> source.left() == 0);
            assertThat(ledger.done()).as(processor.output()).containsOnlyKeys("one", "two");
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
