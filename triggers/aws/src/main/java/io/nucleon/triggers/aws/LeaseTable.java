package io.nucleon.triggers.aws;

import io.nucleon.trigger.JsonObject;
import io.nucleon.trigger.JsonValue;
import io.nucleon.triggers.shards.Lease;
import io.nucleon.triggers.shards.LeaseStore;
import io.nucleon.triggers.shards.Position;
import io.nucleon.triggers.shards.SourceException;
import io.nucleon.triggers.shards.http.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Leases in a table of DynamoDB, for processors on many machines; one table serves many groups. Its key is {@code group} and {@code shard};
 * it is made if it is not there.
 */
final class LeaseTable implements LeaseStore {

    private static final int LOOKS = 60;
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(500);

    private final AwsClient client;
    private final String table;
    private final String group;

    LeaseTable(AwsClient client, String table, String group) {
        this.client = client;
        this.table = table;
        this.group = group;
    }

    @Override
    public Map<String, Lease> read() throws InterruptedException {
        try {
            return query();
        } catch (SourceException e) {
            if (e.kind() != SourceException.Kind.MISSING) {
                throw e;
            }
        }
        create();
        return query();
    }

    private Map<String, Lease> query() throws InterruptedException {
        Map<String, Lease> leases = new LinkedHashMap<>();
        Optional<JsonValue> from = Optional.empty();
        do {
            JsonText request = new JsonText()
                    .put("TableName", table)
                    .put("ConsistentRead", true)
                    .put("KeyConditionExpression", "#g = :g")
                    .put("ExpressionAttributeNames", new JsonText().put("#g", "group"))
                    .put("ExpressionAttributeValues", new JsonText().put(":g", text(group)));
            from.ifPresent(key -> request.putJson("ExclusiveStartKey", key.string()));
            JsonObject answer = client.call("Query", request);
            for (JsonObject item : answer.objects("Items")) {
                Lease lease = leaseOf(item);
                leases.put(lease.shard(), lease);
            }
            from = answer.member("LastEvaluatedKey");
        } while (from.isPresent());
        return leases;
    }

    private Lease leaseOf(JsonObject item) {
        String version = item.object("version").text("N");
        if (!version.matches("\\d{1,18}")) {
            throw client.nonsense("has a lease of '" + group + "' without a version");
        }
        return new Lease(
                item.object("shard").text("S"),
                item.object("owner").text("S"),
                item.object("next").text("S"),
                Long.parseLong(version),
                Position.read(item.object("position").text("S")));
    }

    @Override
    public boolean write(Lease lease) throws InterruptedException {
        JsonText item = new JsonText()
                .put("group", text(group))
                .put("shard", text(lease.shard()))
                .put("owner", text(lease.owner()))
                .put("next", text(lease.next()))
                .put("version", number(lease.version()))
                .put("position", text(lease.position().written()));
        JsonText request = new JsonText()
                .put("TableName", table)
                .put("Item", item)
                .put("ExpressionAttributeNames", new JsonText().put("#v", "version"));
        if (lease.version() == 1) {
            request.put("ConditionExpression", "attribute_not_exists(#v)");
        } else {
            request.put("ConditionExpression", "#v = :v")
                    .put("ExpressionAttributeValues", new JsonText().put(":v", number(lease.version() - 1)));
        }
        return unlessConflict("PutItem", request);
    }

    @Override
    public void remove(Lease lease) throws InterruptedException {
        unlessConflict(
                "DeleteItem",
                new JsonText()
                        .put("TableName", table)
                        .put("Key", new JsonText().put("group", text(group)).put("shard", text(lease.shard())))
                        .put("ConditionExpression", "#v = :v")
                        .put("ExpressionAttributeNames", new JsonText().put("#v", "version"))
                        .put("ExpressionAttributeValues", new JsonText().put(":v", number(lease.version()))));
    }

    private boolean unlessConflict(String operation, JsonText request) throws InterruptedException {
        try {
            client.call(operation, request);
            return true;
        } catch (SourceException e) {
            if (e.kind() == SourceException.Kind.CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    private void create() throws InterruptedException {
        String attributes = "[" + definition("group") + "," + definition("shard") + "]";
        String keys = "[" + key("group", "HASH") + "," + key("shard", "RANGE") + "]";
        unlessConflict(
                "CreateTable",
                new JsonText()
                        .put("TableName", table)
                        .putJson("AttributeDefinitions", attributes)
                        .putJson("KeySchema", keys)
                        .put("BillingMode", "PAY_PER_REQUEST"));
        for (int i = 0; i < LOOKS && !isActive(); i++) {
            LockSupport.parkNanos(BETWEEN_LOOKS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private boolean isActive() throws InterruptedException {
        return client.call("DescribeTable", new JsonText().put("TableName", table))
                .object("Table")
                .text("TableStatus")
                .equals("ACTIVE");
    }

    private static JsonText definition(String name) {
        return new JsonText().put("AttributeName", name).put("AttributeType", "S");
    }

    private static JsonText key(String name, String type) {
        return new JsonText().put("AttributeName", name).put("KeyType", type);
    }

    private static JsonText text(String value) {
        return new JsonText().put("S", value);
    }

    private static JsonText number(long value) {
        return new JsonText().put("N", Long.toString(value));
    }
}
