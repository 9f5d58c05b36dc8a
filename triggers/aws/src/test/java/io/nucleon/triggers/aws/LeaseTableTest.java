package io.nucleon.triggers.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.error.ErrorCode;
import io.nucleon.invoke.Clock;
import io.nucleon.support.broker.MotoServer;
import io.nucleon.triggers.shards.Lease;
import io.nucleon.triggers.shards.Position;
import io.nucleon.triggers.shards.SourceException;
import io.nucleon.triggers.shards.http.Http;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against moto, whose check of signatures is botocore's. */
@Timeout(60)
class LeaseTableTest {

    private static MotoServer server;
    private static MotoServer.Key key;

    @BeforeAll
    static void startServer() throws Exception {
        server = new MotoServer();
        key = server.startGuarded("dynamodb:*");
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    private static LeaseTable table(String name, String group, String secret) {
        Http http = new Http();
        CredentialChain credentials =
                new CredentialChain(new Credentials(key.id(), secret, "", Instant.MAX), Map.of(), "us-east-1", http);
        return new LeaseTable(
                new AwsClient(
                        Service.DYNAMODB,
                        "us-east-1",
                        URI.create(server.url()),
                        credentials,
                        http,
                        Clock.system(),
                        new AwsClient.Subject("t", "table '" + name + "'")),
                name,
                group);
    }

    @Test
    void makesItsTableAndGivesBackWhatWasWritten() throws Exception {
        LeaseTable leases = table("made", "g", key.secret());
        assertThat(leases.read()).isEmpty();
        Lease lease = new Lease("shard \"1\"\\ü", "me", "", 1, Position.after("495"));

        assertThat(leases.write(lease)).isTrue();

        assertThat(table("made", "g", key.secret()).read()).containsOnly(Map.entry(lease.shard(), lease));
        assertThat(table("made", "another", key.secret()).read()).isEmpty();
    }

    @Test
    void takesOneOfTwoChangesToOneVersion() throws Exception {
        LeaseTable leases = table("contended", "g", key.secret());
        leases.read();
        Lease first = new Lease("s", "", "", 1, Position.START);
        Lease mine = new Lease("s", "me", "", 2, Position.START);
        Lease yours = new Lease("s", "you", "", 2, Position.START);

        assertThat(leases.write(first)).isTrue();
        assertThat(leases.write(first)).isFalse();
        assertThat(leases.write(mine)).isTrue();
        assertThat(leases.write(yours)).isFalse();
        leases.remove(first);
        assertThat(leases.read()).containsEntry("s", mine);

        leases.remove(mine);
        assertThat(leases.read()).isEmpty();
    }

    @Test
    void saysThatASignatureIsWrong() {
        assertThatThrownBy(() -> table("any", "g", "wrong").read())
                .isInstanceOfSatisfying(SourceException.class, e -> {
                    assertThat(e.kind()).isEqualTo(SourceException.Kind.REFUSED);
                    assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_REFUSED);
                })
                .hasMessageContaining("refused table 'any' to trigger 't'")
                .hasMessageContaining("check attributes.accessKeyID and secretAccessKey");
    }
}
