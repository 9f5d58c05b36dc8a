package io.nucleon.triggertest;

import io.nucleon.support.broker.BrokerProcess;
import io.nucleon.support.broker.MotoServer;
import java.util.Map;

/** A table with a stream, which has one shard, and a table for leases. */
final class DynamoSource implements Source {

    private static final int WINDOW = 16;
    private static final char AFTER = '>';

    private final MotoServer server;
    private final String table;
    private final String more;

    /** @param more attributes of the trigger */
    DynamoSource(MotoServer server, String table, String more) throws Exception {
        this.server = server;
        this.table = table;
        this.more = more;
        server.createTable(table);
    }

    @Override
    public String trigger() {
        return "kind: dynamodb\nurl: " + server.url()
                + "\nattributes: {accessKeyID: key, secretAccessKey: secret, regionName: us-east-1, tableName: "
                + table + ", iteratorType: TRIM_HORIZON, leaseTable: leases-" + table + ", leaseTableUrl: '"
                + server.url() + "', maxInFlight: " + WINDOW + more + "}";
    }

    @Override
    public String deadLetters() {
        return "journal";
    }

    @Override
    public int partitions() {
        return 1;
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public void send(int partition, String body) throws Exception {
        server.put(table, body.substring(0, body.indexOf(':')), body);
    }

    @Override
    public long left() throws Exception {
        String shard = server.shard(table);
        String done = "";
        for (Map<String, String> lease : server.items("leases-" + table)) {
            String position = lease.get("position");
            if (shard.equals(lease.get("shard")) && !position.isEmpty() && position.charAt(0) == AFTER) {
                done = position.substring(1);
            }
        }
        return server.countAfter(table, done);
    }

    @Override
    public int mostAgain() {
        return WINDOW;
    }

    @Override
    public BrokerProcess broker() {
        return server;
    }

    /** Its table is a new one, under the old name. */
    @Override
    public void startBroker() throws Exception {
        server.start();
        server.createTable(table);
    }

    @Override
    public void close() {
        // the table goes with its server
    }
}
