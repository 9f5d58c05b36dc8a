package io.nucleon.triggertest;

import io.nucleon.support.broker.BrokerProcess;
import io.nucleon.support.broker.V3ioServer;

/** A stream of two shards. */
final class V3ioSource implements Source {

    private static final int SHARDS = 2;
    private static final int BATCH = 8;
    private static final String COMMITTED = "__fn_committed_sequence_number";

    private final V3ioServer server;
    private final String stream;
    private final String more;

    /** @param more attributes of the trigger */
    V3ioSource(V3ioServer server, String stream, String more) throws Exception {
        this.server = server;
        this.stream = stream;
        this.more = more;
        server.createStream(path(), SHARDS);
    }

    private String path() {
        return "bigdata/" + stream;
    }

    @Override
    public String trigger() {
        return "kind: v3ioStream\nurl: " + server.url() + "\nattributes: {containerName: bigdata, streamPath: " + stream
                + ", consumerGroup: fn, seekTo: earliest, readBatchSize: " + BATCH + more + "}";
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
        server.put(path(), partition, "", body);
    }

    @Override
    public long left() throws Exception {
        long left = 0;
        for (int i = 0; i < SHARDS; i++) {
            left += server.last(path(), i) - server.number(path() + "/" + i, COMMITTED);
        }
        return left;
    }

    /** Two batches. */
    @Override
    public int mostAgain() {
        return 2 * BATCH;
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
