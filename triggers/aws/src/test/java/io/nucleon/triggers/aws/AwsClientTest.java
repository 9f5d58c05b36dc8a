package io.nucleon.triggers.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.error.ErrorCode;
import io.nucleon.invoke.Clock;
import io.nucleon.support.broker.MotoServer;
import io.nucleon.triggers.shards.SourceException;
import io.nucleon.triggers.shards.http.Http;
import io.nucleon.triggers.shards.http.JsonText;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against moto, whose check of signatures is botocore's; with its Kinesis, as its DynamoDB until 5.1.1 checks another body than came. */
@Timeout(60)
class AwsClientTest {

    private static MotoServer server;
    private static MotoServer.Key key;

    @BeforeAll
    static void startServer() throws Exception {
        server = new MotoServer();
        key = server.startGuarded("kinesis:*");
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    private static AwsClient client(String secret) {
        Http http = new Http();
        return new AwsClient(
                Service.KINESIS,
                "us-east-1",
                URI.create(server.url()),
                new CredentialChain(new Credentials(key.id(), secret, "", Instant.MAX), Map.of(), "us-east-1", http),
                http,
                Clock.system(),
                new AwsClient.Subject("t", "stream 'ö'"));
    }

    @Test
    void signsWhatItSends() throws Exception {
        assertThat(client(key.secret())
                        .call("ListStreams", new JsonText().put("Limit", 1))
                        .members())
                .containsKey("StreamNames");
    }

    @Test
    void signsAllOfTheBodyAndSaysThatTheStreamIsMissing() {
        JsonText ask = new JsonText().put("StreamName", "n\"\\öne");

        assertThatThrownBy(() -> client(key.secret()).call("DescribeStreamSummary", ask))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.kind()).isEqualTo(SourceException.Kind.MISSING))
                .hasMessageContaining("has no stream 'ö' for trigger 't'");
    }

    @Test
    void saysThatASignatureIsWrong() {
        assertThatThrownBy(() -> client("wrong").call("ListStreams", new JsonText()))
                .isInstanceOfSatisfying(SourceException.class, e -> {
                    assertThat(e.kind()).isEqualTo(SourceException.Kind.REFUSED);
                    assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_REFUSED);
                })
                .hasMessageContaining("refused stream 'ö' to trigger 't'")
                .hasMessageContaining("check attributes.accessKeyID and secretAccessKey");
    }
}
