package io.nucleon.triggers.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.RecordingDeliverer;
import io.nucleon.loop.EventLoops;
import io.nucleon.trigger.TestSettings;
import io.nucleon.trigger.Trigger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a broker sends costs its connection and nothing else: the trigger comes again, after a pause. */
@Timeout(60)
class HostileBrokerTest {

    private static final int CONNECT_NUMBER = 1;

    @ParameterizedTest
    @CsvSource({
        "4, no protocol at all,            485454502f312e3120343030",
        "4, a message before its greeting, 3005000174414243",
        "4, a packet of 256 MiB,           2002000030ffffff7f",
        "4, a length without an end,       20020000ffffffffff",
        "4, a message of quality 3,        200200003607000174000141",
        "4, a message of quality 2,        20020000340600017400014142",
        "4, a topic with a wildcard,       2002000032050001230001",
        "4, a topic beyond its packet,     200200003204ffff0001",
        "4, two greetings,                 2002000020020000",
        "4, answers to other questions,    20020000900500010000 0001",
        "4, a request,                     20020000c000",
        "4, an unknown answer,             2002007f",
        "5, properties beyond their packet, 200400007f11",
        "5, a farewell,                    2003000000e001 8e",
    })
    void endsTheConnectionAndComesAgain(int version, String what, String bytes) throws Exception {
        RecordingDeliverer deliverer = new RecordingDeliverer();
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                EventLoops loops = new EventLoops(1)) {
            Trigger trigger = new MqttTriggerFactory()
                    .create(
                            TestSettings.of(
                                    "kind: mqtt\nurl: 127.0.0.1:" + server.getLocalPort()
                                            + "\nattributes: {subscriptions: [{topic: t, qos: 1}], protocolVersion: "
                                            + version + "}",
                                    loops,
                                    Clock.system()),
                            null,
                            deliverer);
            Thread starting = Thread.ofVirtual().start(trigger::start);
            try {
                answer(server, bytes);
                starting.join();
                try (Socket again = server.accept()) {
                    assertThat(again.getInputStream().read() >>> 4).isEqualTo(CONNECT_NUMBER);
                }
            } finally {
                trigger.stop();
            }
        }
        assertThat(deliverer.waiting()).isZero();
    }

    /** Says it, then reads until the other side has gone. */
    private static void answer(ServerSocket server, String bytes) throws IOException {
        try (Socket client = server.accept()) {
            assertThat(client.getInputStream().read() >>> 4).isEqualTo(CONNECT_NUMBER);
            client.getOutputStream().write(HexFormat.of().parseHex(bytes.replace(" ", "")));
            client.getOutputStream().flush();
            client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException reset) {
            // gone as well
        }
    }
}
