package io.nucleon.support.broker;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Moto's server: tables of DynamoDB with their streams, and users whose signatures it checks. Debian's {@code python3-moto}. All of it is in
 * memory, so what is started again is empty.
 */
public final class MotoServer extends AwsServer {

    /** Calls that make users, before signatures are looked at. */
    private static final String CALLS_BEFORE = "3";

    private final Map<String, String> environment = new LinkedHashMap<>();

    /**
     * A key of a user.
     *
     * @param id public part
     */
    public record Key(String id, String secret) {}

    public MotoServer() throws IOException {
        super(Files.createTempDirectory("moto"));
    }

    /** Starts it; returns when it answers. */
    @Override
    public MotoServer start() throws IOException {
        serve(List.of("python3", "-m", "moto.server", "-H", "127.0.0.1", "-p", "" + port()), environment);
        return this;
    }

    /** Starts one that looks at signatures and rights, with a user who may do that, such as {@code dynamodb:*}. */
    public Key startGuarded(String action) throws IOException, InterruptedException {
        environment.put("INITIAL_NO_AUTH_ACTION_COUNT", CALLS_BEFORE);
        start();
        String version = "&Version=2010-05-08&UserName=reader";
        post("iam", "Action=CreateUser" + version);
        String policy = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C"
                + "%22Action%22%3A%22" + action.replace(":", "%3A").replace("*", "%2A")
                + "%22%2C%22Resource%22%3A%22%2A%22%7D%5D%7D";
        post("iam", "Action=PutUserPolicy&PolicyName=read&PolicyDocument=" + policy + version);
        String key = post("iam", "Action=CreateAccessKey" + version);
        return new Key(element(key, "AccessKeyId"), element(key, "SecretAccessKey"));
    }

    private static String element(String xml, String name) throws IOException {
        Matcher found = Pattern.compile("<" + name + ">([^<]+)<").matcher(xml);
        if (!found.find()) {
            throw new IOException("no " + name + " in " + xml);
        }
        return found.group(1);
    }

    private JsonNode call(String operation, String json) throws IOException, InterruptedException {
        return call("dynamodb", "DynamoDB_20120810." + operation, json);
    }

    /** Makes a table with the key {@code id} and a stream of new and old images. */
    public void createTable(String name) throws IOException, InterruptedException {
        call(
                "CreateTable",
                "{\"TableName\":\"" + name + "\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":[{"
                        + "\"AttributeName\":\"id\",\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"id\","
                        + "\"KeyType\":\"HASH\"}],\"StreamSpecification\":{\"StreamEnabled\":true,"
                        + "\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"}}");
    }

    public void deleteTable(String name) throws IOException, InterruptedException {
        call("DeleteTable", "{\"TableName\":\"" + name + "\"}");
    }

    /** Puts an item with those two texts; returns when it is kept. */
    public void put(String table, String id, String body) throws IOException, InterruptedException {
        call(
                "PutItem",
                "{\"TableName\":\"" + table + "\",\"Item\":{\"id\":{\"S\":\"" + id + "\"},\"body\":{\"S\":\"" + body
                        + "\"}}}");
    }

    public void delete(String table, String id) throws IOException, InterruptedException {
        call("DeleteItem", "{\"TableName\":\"" + table + "\",\"Key\":{\"id\":{\"S\":\"" + id + "\"}}}");
    }

    private JsonNode streams(String operation, String json) throws IOException, InterruptedException {
        return call("dynamodb", "DynamoDBStreams_20120810." + operation, json);
    }

    private String stream(String table) throws IOException, InterruptedException {
        return streams("ListStreams", "{\"TableName\":\"" + table + "\"}")
                .get("Streams")
                .get(0)
                .get("StreamArn")
                .asText();
    }

    private String shardOf(String stream) throws IOException, InterruptedException {
        return streams("DescribeStream", "{\"StreamArn\":\"" + stream + "\"}")
                .get("StreamDescription")
                .get("Shards")
                .get(0)
                .get("ShardId")
                .asText();
    }

    /** The one shard of a table's stream: {@code LABEL/ID}. */
    public String shard(String table) throws IOException, InterruptedException {
        String stream = stream(table);
        return stream.substring(stream.lastIndexOf('/') + 1) + "/" + shardOf(stream);
    }

    /** How many records of a table's stream lie behind that one; all of them if it is empty. */
    public int countAfter(String table, String sequence) throws IOException, InterruptedException {
        String stream = stream(table);
        String place = sequence.isEmpty()
                ? "\"ShardIteratorType\":\"TRIM_HORIZON\""
                : "\"ShardIteratorType\":\"AFTER_SEQUENCE_NUMBER\",\"SequenceNumber\":\"" + sequence + "\"";
        String iterator = streams(
                        "GetShardIterator",
                        "{\"StreamArn\":\"" + stream + "\",\"ShardId\":\"" + shardOf(stream) + "\"," + place + "}")
                .get("ShardIterator")
                .asText();
        int count = 0;
        for (int page = 1; page > 0; count += page) {
            JsonNode answer = streams("GetRecords", "{\"ShardIterator\":\"" + iterator + "\"}");
            page = answer.get("Records").size();
            iterator = answer.get("NextShardIterator").asText();
        }
        return count;
    }

    /** All items of a table: attributes that are texts or numbers, as text. */
    public List<Map<String, String>> items(String table) throws IOException, InterruptedException {
        JsonNode items = call("Scan", "{\"TableName\":\"" + table + "\",\"ConsistentRead\":true}")
                .get("Items");
        List<Map<String, String>> rows = new ArrayList<>();
        for (JsonNode item : items) {
            Map<String, String> row = new LinkedHashMap<>();
            item.properties()
                    .forEach(field -> row.put(
                            field.getKey(), field.getValue().iterator().next().asText()));
            rows.add(row);
        }
        return rows;
    }
}
