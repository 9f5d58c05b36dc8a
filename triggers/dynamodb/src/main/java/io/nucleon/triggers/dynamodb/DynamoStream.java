package io.nucleon.triggers.dynamodb;

import io.nucleon.trigger.JsonObject;
import io.nucleon.trigger.TriggerSetting;
import io.nucleon.triggers.aws.AwsClient;
import io.nucleon.triggers.aws.AwsNumbers;
import io.nucleon.triggers.aws.Service;
import io.nucleon.triggers.shards.Page;
import io.nucleon.triggers.shards.Position;
import io.nucleon.triggers.shards.Shard;
import io.nucleon.triggers.shards.ShardRecord;
import io.nucleon.triggers.shards.ShardSource;
import io.nucleon.triggers.shards.http.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The streams of a table, one after the other: a stream that is turned off keeps its records for a day, and the one that is turned on then
 * continues it. A shard's id is {@code LABEL/ID}, as ids of two streams may be the same.
 */
final class DynamoStream implements ShardSource {

    private static final int MOST_RECORDS = 1_000;
    private static final String LABEL = "/stream/";
    /** Creation times are given to the second. */
    private static final long TIME_ERROR_MILLIS = TimeUnit.SECONDS.toMillis(1);

    private final AwsClient client;
    private final DynamoSetting setting;
    private final Map<String, String> arns = new ConcurrentHashMap<>();

    DynamoStream(TriggerSetting trigger, DynamoSetting setting) {
        this.setting = setting;
        this.client = setting.aws()
                .client(
                        Service.DYNAMODB_STREAMS,
                        setting.aws().url(),
                        new AwsClient.Subject(trigger.source().name(), "stream of table '" + setting.table() + "'"));
    }

    @Override
    public List<Shard> shards() throws InterruptedException {
        List<Shard> all = new ArrayList<>();
        List<String> before = List.of();
        for (String arn : setting.arn().isEmpty() ? streams() : List.of(setting.arn())) {
            String label = arn.substring(arn.lastIndexOf(LABEL) + LABEL.length());
            arns.put(label, arn);
            List<Shard> found = shards(arn, label, before);
            all.addAll(found);
            before = found.stream().map(Shard::id).toList();
        }
        if (all.isEmpty()) {
            throw client.nonsense("has no shards"); // as while a stream is being turned on
        }
        return all;
    }

    /** The oldest first: labels are times. */
    private List<String> streams() throws InterruptedException {
        List<String> found = new ArrayList<>();
        String from = "";
        do {
            JsonText request = new JsonText().put("TableName", setting.table());
            if (!from.isEmpty()) {
                request.put("ExclusiveStartStreamArn", from);
            }
            JsonObject answer = client.call("ListStreams", request);
            answer.objects("Streams").stream()
                    .map(stream -> stream.text("StreamArn"))
                    .filter(arn -> arn.contains(LABEL))
                    .forEach(found::add);
            from = answer.text("LastEvaluatedStreamArn");
        } while (!from.isEmpty());
        if (found.isEmpty()) {
            throw client.missing("the table is not there, or has no stream", "create it, with a stream turned on");
        }
        found.sort(null);
        return found;
    }

    private List<Shard> shards(String arn, String label, List<String> before) throws InterruptedException {
        List<Shard> found = new ArrayList<>();
        String from = "";
        do {
            JsonText request = new JsonText().put("StreamArn", arn);
            if (!from.isEmpty()) {
                request.put("ExclusiveStartShardId", from);
            }
            JsonObject description = client.call("DescribeStream", request).object("StreamDescription");
            for (JsonObject shard : description.objects("Shards")) {
                String parent = shard.text("ParentShardId");
                found.add(new Shard(
                        label + "/" + shard.text("ShardId"),
                        parent.isEmpty() ? before : List.of(label + "/" + parent)));
            }
            from = description.text("LastEvaluatedShardId");
        } while (!from.isEmpty());
        return found;
    }

    private String arnOf(Shard shard) {
        return arns.get(shard.id().substring(0, shard.id().indexOf('/')));
    }

    private static String idOf(Shard shard) {
        return shard.id().substring(shard.id().indexOf('/') + 1);
    }

    @Override
    public String open(Shard shard, Position from) throws InterruptedException {
        JsonText request = new JsonText().put("StreamArn", arnOf(shard)).put("ShardId", idOf(shard));
        switch (from.kind()) {
            // The API knows no time: older records are read and left out.
            case START, TIME -> request.put("ShardIteratorType", "TRIM_HORIZON");
            case LATEST, END -> request.put("ShardIteratorType", "LATEST");
            case AFTER ->
                request.put("ShardIteratorType", "AFTER_SEQUENCE_NUMBER").put("SequenceNumber", from.text());
        }
        String iterator = client.call("GetShardIterator", request).text("ShardIterator");
        return new Cursor(from.kind() == Position.Kind.TIME ? from.millis() - TIME_ERROR_MILLIS : 0, iterator)
                .written();
    }

    /**
     * Where to read on, and from what time on.
     *
     * @param since records that are older are left out, ms since 1970; 0 for none
     */
    private record Cursor(long since, String iterator) {
        String written() {
            return iterator.isEmpty() ? "" : since + " " + iterator;
        }

        static Cursor read(String written) {
            int blank = written.indexOf(' ');
            return new Cursor(Long.parseLong(written.substring(0, blank)), written.substring(blank + 1));
        }
    }

    @Override
    public Page read(Shard shard, String cursor, int most) throws InterruptedException {
        Cursor at = Cursor.read(cursor);
        JsonObject answer = client.call(
                "GetRecords",
                new JsonText().put("ShardIterator", at.iterator).put("Limit", Math.min(most, MOST_RECORDS)));
        List<ShardRecord> records = new ArrayList<>();
        for (JsonObject one : answer.objects("Records")) {
            JsonObject change = one.object("dynamodb");
            if (change.text("SequenceNumber").isEmpty()) {
                throw client.nonsense("has a record without a sequence number");
            }
            if (AwsNumbers.millis(change.text("ApproximateCreationDateTime")) >= at.since) {
                records.add(Change.record(one, change, shard.id(), setting.table(), arnOf(shard)));
            }
        }
        long since = records.isEmpty() ? at.since : 0;
        return new Page(records, new Cursor(since, answer.text("NextShardIterator")).written());
    }
}
