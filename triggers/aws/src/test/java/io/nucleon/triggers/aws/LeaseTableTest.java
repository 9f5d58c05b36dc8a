package io.nucleon.triggers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.invoke.Clock;
import io.nucleon.support.broker.MotoServer;
import io.nucleon.triggers.shards.Lease;
import io.nucleon.triggers.shards.Position;
import io.nucleon.triggers.shards.http.Http;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against moto. */
@Timeout(60)
class LeaseTableTest {

    private static MotoServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = new MotoServer().start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    private static LeaseTable table(String name, String group) {
        Http http = new Http();
        CredentialChain credentials = new CredentialChain(
                new Credentials("anybody", "anything", "", Instant.MAX), Map.of(), "us-east-1", http);
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
        LeaseTable leases = table("made", "g");
        assertThat(leases.read()).isEmpty();
        Lease lease = new Lease("shard \"1\"\\ü", "me", "", 1, Position.after("495"));

        assertThat(leases.write(lease)).isTrue();

        assertThat(table("made", "g").read()).containsOnly(Map.entry(lease.shard(), lease));
        assertThat(table("made", "another").read()).isEmpty();
    }

    @Test
    void takesOneOfTwoChangesToOneVersion() throws Exception {
        LeaseTable leases = table("contended", "g");
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
}
