package io.nucleon.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NucleonException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AdminServerTest {

    private static final Pages HELLO = request -> Answer.text(200, "hello " + request.path());

    @Test
    void takesAnotherPortOnlyWhenAskedTo() throws Exception {
        try (AdminServer first = AdminServer.start("metrics", Get.anyPort(), false, HELLO)) {
            InetSocketAddress taken = first.address();

            assertThatThrownBy(() -> AdminServer.start("metrics", taken, false, HELLO))
                    .isInstanceOfSatisfying(
                            NucleonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PORT_TAKEN))
                    .hasMessage("NUC-5001 serving metrics on " + taken.getHostString() + ":" + taken.getPort()
                            + " failed: the port is taken by another process;"
                            + " fix: set another 'listenAddress' in platform.yaml, or 'enabled: false'");
            try (AdminServer second = AdminServer.start("metrics", taken, true, HELLO)) {
                assertThat(second.hasMoved()).isTrue();
                assertThat(second.address().getPort()).isNotEqualTo(taken.getPort());
                assertThat(Get.get(second, "/x//").body()).isEqualTo("hello /x");
            }
            assertThat(first.hasMoved()).isFalse();
        }
    }

    @Test
    void saysThatAnAddressIsNotOurs() {
        InetSocketAddress elsewhere = new InetSocketAddress("192.0.2.1", 0);

        assertThatThrownBy(() -> AdminServer.start("health", elsewhere, true, HELLO))
                .isInstanceOfSatisfying(
                        NucleonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ADMIN_ADDRESS_REFUSED));
        assertThatThrownBy(() -> AdminServer.start(
                        "health", InetSocketAddress.createUnresolved("no.such.invalid", 1), true, HELLO))
                .isInstanceOfSatisfying(
                        NucleonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ADMIN_ADDRESS_REFUSED));
    }

    @Test
    void survivesPagesThatFailAndClientsThatSendGarbage() throws Exception {
        Pages failing = request -> {
            throw new IllegalStateException("no numbers");
        };
        try (AdminServer server = AdminServer.start("metrics", Get.anyPort(), false, failing)) {
            try (Socket client =
                    new Socket(server.address().getAddress(), server.address().getPort())) {
                client.getOutputStream().write("\0\r\nGET\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
            }

            assertThat(Get.get(server, "/metrics").statusCode()).isEqualTo(500);
            assertThat(Get.get(server, "/metrics").body())
                    .startsWith("NUC-9001 ")
                    .doesNotContain("no numbers");
        }
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        try (AdminServer server = AdminServer.start("metrics", Get.anyPort(), false, HELLO)) {
            assertThat(Get.send(server, "HEAD", "/").statusCode()).isEqualTo(200);
            assertThat(Get.send(server, "HEAD", "/").body()).isEmpty();
        }
    }
}
