package io.nucleon.support.broker;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;

/** {@code kinesalite}, which keeps its streams in files; {@code ./check} installs it from npm. */
public final class KinesisServer extends AwsServer {

    /** kinesalite throws what a request's stream reports, so a client that is killed while it sends would end it. */
    private static final String START = """
            process.on('uncaughtException', e => { if (e.code !== 'ECONNRESET') { console.error(e); process.exit(1) } })
            require(process.argv[1])({path: process.argv[2], createStreamMs: 50, updateStreamMs: 50, shardLimit: 100})
                .listen(Number(process.argv[3]), '127.0.0.1')
            """;

    public KinesisServer() throws IOException {
        super(Files.createTempDirectory("kinesis"));
    }

    private static Path module() {
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        return Path.of(System.getenv()
                .getOrDefault("NUCLEON_TEST_KINESALITE", cache + "/nucleon/check/kinesalite/node_modules/kinesalite"));
    }

    /** Starts it; returns when it answers. */
    @Override
    public KinesisServer start() throws IOException {
        serve(
                List.of(
                        "node",
                        "-e",
                        START,
                        module().toString(),
                        folder().resolve("data").toString(),
                        "" + port()),
                Map.of());
        return this;
    }

    private JsonNode call(String operation, String json) throws IOException, InterruptedException {
        return call("kinesis", "Kinesis_20131202." + operation, json);
    }

    /** Makes a stream, and returns when it can be used. */
    public void createStream(String name, int shards) throws IOException, InterruptedException {
        call("CreateStream", "{\"StreamName\":\"" + name + "\",\"ShardCount\":" + shards + "}");
        awaitActive(name);
    }

    private void awaitActive(String name) {
        Awaitility.await("stream " + name)
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> describe(name).get("StreamStatus").asText().equals("ACTIVE"));
    }

    private JsonNode describe(String name) throws IOException, InterruptedException {
        return call("DescribeStream", "{\"StreamName\":\"" + name + "\"}").get("StreamDescription");
    }

    public void deleteStream(String name) throws IOException, InterruptedException {
        call("DeleteStream", "{\"StreamName\":\"" + name + "\"}");
    }

    /** Ids of all its shards, closed ones included, in the order in which they were made. */
    public List<String> shards(String name) throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        describe(name)
                .get("Shards")
                .forEach(shard -> ids.add(shard.get("ShardId").asText()));
        return ids;
    }

    /** Where the range of hash keys of a shard begins: a record that is put with it goes there. */
    private String hashKey(String name, int shard) throws IOException, InterruptedException {
        return describe(name)
                .get("Shards")
                .get(shard)
                .get("HashKeyRange")
                .get("StartingHashKey")
                .asText();
    }

    /** Puts a record into the open shard of that place in {@link #shards}; returns when it is kept. Gives its sequence number. */
    public String put(String name, int shard, String key, String body) throws IOException, InterruptedException {
        String data = Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8));
        return call(
                        "PutRecord",
                        "{\"StreamName\":\"" + name + "\",\"PartitionKey\":\"" + key + "\",\"ExplicitHashKey\":\""
                                + hashKey(name, shard) + "\",\"Data\":\"" + data + "\"}")
                .get("SequenceNumber")
                .asText();
    }

    /** Splits a shard in the middle. */
    public void split(String name, int shard) throws IOException, InterruptedException {
        JsonNode range = describe(name).get("Shards").get(shard).get("HashKeyRange");
        BigInteger start = new BigInteger(range.get("StartingHashKey").asText());
        BigInteger end = new BigInteger(range.get("EndingHashKey").asText());
        call(
                "SplitShard",
                "{\"StreamName\":\"" + name + "\",\"ShardToSplit\":\""
                        + shards(name).get(shard) + "\",\"NewStartingHashKey\":\""
                        + start.add(end).shiftRight(1) + "\"}");
        awaitActive(name);
    }

    /** Merges two shards that lie side by side. */
    public void merge(String name, int one, int other) throws IOException, InterruptedException {
        call(
                "MergeShards",
                "{\"StreamName\":\"" + name + "\",\"ShardToMerge\":\""
                        + shards(name).get(one) + "\",\"AdjacentShardToMerge\":\""
                        + shards(name).get(other) + "\"}");
        awaitActive(name);
    }

    /** How many records of a shard lie behind that one; all of them if it is empty. */
    public int countAfter(String name, String shard, String sequence) throws IOException, InterruptedException {
        String place = sequence.isEmpty()
                ? "\"ShardIteratorType\":\"TRIM_HORIZON\""
                : "\"ShardIteratorType\":\"AFTER_SEQUENCE_NUMBER\",\"StartingSequenceNumber\":\"" + sequence + "\"";
        String iterator = call(
                        "GetShardIterator",
                        "{\"StreamName\":\"" + name + "\",\"ShardId\":\"" + shard + "\"," + place + "}")
                .get("ShardIterator")
                .asText();
        // It refuses an iterator in the very millisecond in which it has made it.
        return Awaitility.await("records of " + shard)
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .ignoreException(IOException.class)
                .until(
                        () -> call("GetRecords", "{\"ShardIterator\":\"" + iterator + "\"}")
                                .get("Records"),
                        Objects::nonNull)
                .size();
    }
}
