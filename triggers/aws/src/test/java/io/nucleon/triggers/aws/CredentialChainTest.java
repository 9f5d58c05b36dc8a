package io.nucleon.triggers.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.nucleon.triggers.shards.http.Http;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The services that give credentials can't be had outside of AWS: a server answers as their documentation says. */
@Timeout(60)
class CredentialChainTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String JSON =
            "{\"AccessKeyId\":\"AK\",\"SecretAccessKey\":\"SK\",\"Token\":\"TK\",\"Expiration\":\"2026-01-01T13:00:00Z\"}";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private String url;

    @TempDir
    Path folder;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        url = "http://127.0.0.1:" + server.getAddress().getPort();
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> {
            String header = exchange.getRequestHeaders().getFirst("Authorization");
            String token = exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token");
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + (header == null ? "" : header) + (token == null ? "" : token)
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private static CredentialChain chain(Map<String, String> environment) {
        return new CredentialChain(null, environment, "eu-west-1", new Http());
    }

    @Test
    void prefersTheAttributes() throws Exception {
        Credentials fixed = new Credentials("a", "b", "", Instant.MAX);

        assertThat(new CredentialChain(fixed, Map.of("AWS_ACCESS_KEY_ID", "x"), "eu-west-1", new Http()).get(NOW))
                .isEqualTo(fixed);
    }

    @Test
    void takesTheEnvironments() throws Exception {
        assertThat(chain(Map.of("AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "b", "AWS_SESSION_TOKEN", "c"))
                        .get(NOW))
                .isEqualTo(new Credentials("a", "b", "c", Instant.MAX));
    }

    @Test
    void asksTheContainersAgentAndAgainBeforeTheyExpire() throws Exception {
        answer("/role", 200, JSON);
        Path token = Files.writeString(folder.resolve("token"), "secret\n");
        CredentialChain chain = chain(Map.of(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                url + "/role",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
                token.toString()));

        assertThat(chain.get(NOW)).isEqualTo(new Credentials("AK", "SK", "TK", Instant.parse("2026-01-01T13:00:00Z")));
        chain.get(NOW.plus(Duration.ofMinutes(54)));
        assertThat(asked).containsExactly("GET /role secret");

        chain.get(NOW.plus(Duration.ofMinutes(56)));
        assertThat(asked).hasSize(2);
    }

    @Test
    void changesAWebIdentityForARole() throws Exception {
        answer(
                "/sts",
                200,
                "<R><AssumeRoleWithWebIdentityResult><Credentials><SessionToken>TK</SessionToken><SecretAccessKey>SK"
                        + "</SecretAccessKey><Expiration>2026-01-01T13:00:00Z</Expiration><AccessKeyId>AK</AccessKeyId>"
                        + "</Credentials></AssumeRoleWithWebIdentityResult></R>");
        Path token = Files.writeString(folder.resolve("token"), "a.b=");

        Credentials credentials = chain(Map.of(
                        "AWS_WEB_IDENTITY_TOKEN_FILE",
                        token.toString(),
                        "AWS_ROLE_ARN",
                        "arn:aws:iam::1:role/r",
                        "AWS_ENDPOINT_URL_STS",
                        url + "/sts"))
                .get(NOW);

        assertThat(credentials).isEqualTo(new Credentials("AK", "SK", "TK", Instant.parse("2026-01-01T13:00:00Z")));
        assertThat(asked.getFirst())
                .contains("Action=AssumeRoleWithWebIdentity")
                .contains("RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr")
                .contains("WebIdentityToken=a.b%3D");
    }

    @Test
    void asksTheMachinesMetadataWithAToken() throws Exception {
        answer("/latest/api/token", 200, "tok");
        answer("/latest/meta-data/iam/security-credentials/", 200, "role-1\n");
        answer("/latest/meta-data/iam/security-credentials/role-1", 200, JSON);

        assertThat(chain(Map.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", url))
                        .get(NOW)
                        .keyId())
                .isEqualTo("AK");
        assertThat(asked)
                .containsExactly(
                        "PUT /latest/api/token ",
                        "GET /latest/meta-data/iam/security-credentials/ tok",
                        "GET /latest/meta-data/iam/security-credentials/role-1 tok");
    }

    @Test
    void saysWhereItHasLooked() {
        answer("/latest/api/token", 403, "");

        assertThatThrownBy(() ->
                        chain(Map.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", url)).get(NOW))
                .hasMessageContaining("neither attributes.accessKeyID")
                .hasRootCauseMessage("the machine's metadata answered with status 403");
        assertThatThrownBy(
                        () -> chain(Map.of("AWS_EC2_METADATA_DISABLED", "true")).get(NOW))
                .hasMessageContaining("no credentials");
    }

    @Test
    void takesNoNonsense() {
        answer("/role", 200, "{\"Code\":\"Failed\"}");

        assertThatThrownBy(() -> chain(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", url + "/role"))
                        .get(NOW))
                .hasMessage("the credentials that came have no key");
    }
}
