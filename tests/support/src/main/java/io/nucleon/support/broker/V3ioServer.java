package io.nucleon.support.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nucleon.support.SourceTree;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A double of v3io's web APIs, since v3io itself can't be had: {@code v3io_server.py}, written from its public reference. */
public final class V3ioServer extends BrokerProcess {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String accessKey;

    /** @param accessKey that callers must have; empty for none */
    public V3ioServer(String accessKey) throws IOException {
        super(Files.createTempDirectory("v3io"));
        this.accessKey = accessKey;
    }

    /** Starts it; returns when it answers. */
    @Override
    public V3ioServer start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "python3",
                SourceTree.top()
                        .resolve("tests/support/src/main/python/v3io_server.py")
                        .toString(),
                "" + port(),
                folder().resolve("data").toString()));
        if (!accessKey.isEmpty()) {
            command.add(accessKey);
        }
        serve(command, Map.of());
        return this;
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    private HttpResponse<String> send(String function, String path, String json)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/" + path))
                .timeout(LIMIT)
                .header("X-v3io-function", function)
                .header("X-v3io-session-key", accessKey)
                .PUT(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode call(String function, String path, String json) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(function, path, json);
        if (answer.statusCode() != OK) {
            throw new IOException(function + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    /** @param path {@code CONTAINER/PATH} */
    public void createStream(String path, int shards) throws IOException, InterruptedException {
        call("CreateStream", path, "{\"ShardCount\": " + shards + ", \"RetentionPeriodHours\": 24}");
    }

    /** Puts a record; returns its sequence number when it is kept. */
    public long put(String path, int shard, String key, String body) throws IOException, InterruptedException {
        String data = Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8));
        return call(
                        "PutRecords",
                        path,
                        "{\"Records\": [{\"ShardId\": " + shard + ", \"PartitionKey\": \"" + key + "\", \"Data\": \""
                                + data + "\"}]}")
                .get("Records")
                .get(0)
                .get("SequenceNumber")
                .asLong();
    }

    /** Sets a number as an attribute of an object. */
    public void setNumber(String path, String attribute, long value) throws IOException, InterruptedException {
        call(
                "PutItem",
                path,
                "{\"UpdateMode\": \"CreateOrReplaceAttributes\", \"Item\": {\"" + attribute + "\": {\"N\": \"" + value
                        + "\"}}}");
    }

    /** A number that is an attribute of an object; 0 if it is not there. */
    public long number(String path, String attribute) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("GetItem", path, "{\"AttributesToGet\": \"" + attribute + "\"}");
        if (answer.statusCode() == NOT_FOUND) {
            return 0;
        }
        return JSON.readTree(answer.body())
                .path("Item")
                .path(attribute)
                .path("N")
                .asLong();
    }

    /** The sequence number of the last record of a shard; 0 if there is none. */
    public long last(String path, int shard) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("SeekShard", path + "/" + shard, "{\"Type\": \"LATEST\"}");
        if (answer.statusCode() == NOT_FOUND) {
            return 0;
        }
        String location = JSON.readTree(answer.body()).get("Location").asText();
        return Long.parseLong(new String(Base64.getDecoder().decode(location), StandardCharsets.US_ASCII)) - 1;
    }
}
