package io.nucleon.triggers.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.error.NucleonException;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.RecordingDeliverer;
import io.nucleon.loop.EventLoops;
import io.nucleon.support.broker.Mosquitto;
import io.nucleon.trigger.TestSettings;
import io.nucleon.trigger.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Brokers that don't let everybody do everything. */
@Timeout(60)
class GuardedBrokerTest {

    private static final Path LIBRARIES = Path.of("/usr/lib");

    @TempDir
    Path folder;

    private final EventLoops loops = new EventLoops(1);
    private final RecordingDeliverer deliverer = new RecordingDeliverer();
    private Trigger trigger;

    @AfterEach
    void stopAll() {
        if (trigger != null) {
            trigger.stop();
        }
        loops.close();
    }

    private void start(String url, String fields, String more) {
        trigger = new MqttTriggerFactory()
                .create(
                        TestSettings.of(
                                "kind: mqtt\nurl: " + url + "\n" + fields
                                        + "attributes: {subscriptions: [{topic: orders, qos: 1}]" + more + "}",
                                loops,
                                Clock.system()),
                        null,
                        deliverer);
        trigger.start();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .as(String.join(" ", command))
                .isZero();
    }

    private Mosquitto withUsers() throws Exception {
        String users = folder.resolve("users").toString();
        run("mosquitto_passwd", "-c", "-b", users, "ann", "right");
        return new Mosquitto("allow_anonymous false", "password_file " + users).start();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void saysWhoWasRefusedAndNotThePassword(int version) throws Exception {
        try (Mosquitto broker = withUsers()) {
            assertThatThrownBy(() -> start(
                            broker.url(), "username: bob\npassword: wrong-one\n", ", protocolVersion: " + version))
                    .isInstanceOf(NucleonException.class)
                    .hasMessageContaining("NUC-5011")
                    .hasMessageContaining("'bob'")
                    .hasMessageContaining("authorized")
                    .hasMessageNotContaining("wrong-one");
        }
    }

    @Test
    void signsInAsTheUrlOrTheFieldsSay() throws Exception {
        try (Mosquitto broker = withUsers()) {
            start(broker.url(), "username: ann\npassword: right\n", "");
            trigger.stop();

            start(broker.url().replace("//", "//ann:right@"), "", "");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void saysWhichTopicMayNotBeRead(int version) throws Exception {
        Path rules = Files.writeString(
                folder.resolve("rules.json"),
                "{\"defaultACLAccess\": {\"publishClientSend\": true, \"publishClientReceive\": true, \"subscribe\": false,"
                        + " \"unsubscribe\": true}, \"clients\": [], \"groups\": [], \"roles\": []}");
        try (Mosquitto broker = new Mosquitto(
                        "allow_anonymous true", "plugin " + dynamicSecurity(), "plugin_opt_config_file " + rules)
                .start()) {
            assertThatThrownBy(() -> start(broker.url(), "", ", protocolVersion: " + version))
                    .isInstanceOf(NucleonException.class)
                    .hasMessageContaining("NUC-5011")
                    .hasMessageContaining("topic 'orders'");
        }
    }

    private static Path dynamicSecurity() throws IOException {
        try (Stream<Path> files =
                Files.find(LIBRARIES, 2, (path, kind) -> path.endsWith("mosquitto_dynamic_security.so"))) {
            return files.findFirst().orElseThrow();
        }
    }

    @Test
    void encryptsAndChecksWhoAnswers() throws Exception {
        for (String name : List.of("broker", "other")) {
            run(
                    "openssl",
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:prime256v1",
                    "-nodes",
                    "-days",
                    "2",
                    "-subj",
                    "/CN=localhost",
                    "-addext",
                    "subjectAltName=IP:127.0.0.1",
                    "-keyout",
                    folder.resolve(name + ".key").toString(),
                    "-out",
                    folder.resolve(name + ".crt").toString());
        }
        try (Mosquitto broker = new Mosquitto(
                        "allow_anonymous true",
                        "certfile " + folder.resolve("broker.crt"),
                        "keyfile " + folder.resolve("broker.key"))
                .start()) {
            String url = broker.url().replace("tcp:", "mqtts:");
            start(url, "", ", caCert: " + folder.resolve("broker.crt"));
            try (Publisher publisher =
                    Publisher.encrypted(url.replace("mqtts:", "ssl:"), "test", folder.resolve("broker.crt"))) {
                publisher.publish("orders", 1, "sealed");
            }
            assertThat(deliverer.take().bodyLength()).isEqualTo("sealed".length());
            trigger.stop();

            start(url, "", ", caCert: " + folder.resolve("other.crt"));
            assertThat(deliverer.waiting()).isZero();
            trigger.stop();

            start(url, "", ", tls: {insecureSkipVerify: true}");
        }
    }
}
