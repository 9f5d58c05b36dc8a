package io.nucleon.triggertest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nucleon.host.UserFolders;
import io.nucleon.support.broker.BrokerProcess;
import io.nucleon.support.broker.KinesisServer;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A stream of two shards. */
final class KinesisSource implements Source {

    private static final int SHARDS = 2;
    private static final int WINDOW = 16;
    private static final char AFTER = '>';

    private final KinesisServer server;
    private final String stream;
    private final String more;
    private Path leases;

    /** @param more attributes of the trigger */
    KinesisSource(KinesisServer server, String stream, String more) throws Exception {
        this.server = server;
        this.stream = stream;
        this.more = more;
        server.createStream(stream, SHARDS);
    }

    @Override
    public void keptIn(Path state, Path function) {
        leases = UserFolders.of(Map.of("XDG_STATE_HOME", state.toString()))
                .journal("ledger", function)
                .resolve("triggers/t-source/s-" + stream + "/leases");
    }

    @Override
    public String trigger() {
        return "kind: kinesis\nurl: " + server.url()
                + "\nattributes: {accessKeyID: key, secretAccessKey: secret, regionName: us-east-1, streamName: "
                + stream + ", iteratorType: TRIM_HORIZON, maxInFlight: " + WINDOW + more + "}";
    }

    @Override
    public String deadLetters() {
        return "journal";
    }

    @Override
    public int partitions() {
        return SHARDS;
    }

    @Override
    public void send(int partition, String body) throws Exception {
        server.put(stream, partition, "key", body);
    }

    @Override
    public long left() throws Exception {
        Map<String, String> done = done();
        long left = 0;
        for (String shard : server.shards(stream)) {
            left += server.countAfter(stream, shard, done.getOrDefault(shard, ""));
        }
        return left;
    }

    /** Sequence numbers by shard. */
    private Map<String, String> done() throws IOException {
        Map<String, String> done = new HashMap<>();
        if (Files.exists(leases)) {
            for (String line : Files.readAllLines(leases)) {
                String[] parts = line.split("\t", -1);
                String position = URLDecoder.decode(parts[4], UTF_8);
                if (!position.isEmpty() && position.charAt(0) == AFTER) {
                    done.put(parts[0], position.substring(1));
                }
            }
        }
        return done;
    }

    @Override
    public int mostAgain() {
        return WINDOW;
    }

    @Override
    public BrokerProcess broker() {
        return server;
    }

    @Override
    public void close() {
        // the stream goes with its server
    }
}
