package io.nucleon.triggers.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nucleon.trigger.JsonObject;
import io.nucleon.trigger.SourceMessage;
import io.nucleon.trigger.TriggerSetting;
import io.nucleon.triggers.aws.AwsClient;
import io.nucleon.triggers.aws.AwsNumbers;
import io.nucleon.triggers.aws.Service;
import io.nucleon.triggers.shards.Page;
import io.nucleon.triggers.shards.Position;
import io.nucleon.triggers.shards.Shard;
import io.nucleon.triggers.shards.ShardRecord;
import io.nucleon.triggers.shards.ShardSource;
import io.nucleon.triggers.shards.SourceException;
import io.nucleon.triggers.shards.http.JsonText;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A data stream over its API, with the calls that nuclio's users have granted: DescribeStream, GetShardIterator, GetRecords. */
final class KinesisStream implements ShardSource {

    private static final int MOST_RECORDS = 10_000;
    private static final String SHARD = "shardId-000";

    private final AwsClient client;
    private final String stream;
    private final List<String> only;

    KinesisStream(TriggerSetting trigger, KinesisSetting setting) {
        this.stream = setting.stream();
        this.only = setting.shards();
        this.client = setting.aws()
                .client(
                        Service.KINESIS,
                        setting.aws().url(),
                        new AwsClient.Subject(trigger.source().name(), "stream '" + stream + "'"));
    }

    @Override
    public List<Shard> shards() throws InterruptedException {
        List<Shard> found = new ArrayList<>();
        boolean more = true;
        while (more) {
            JsonText request = new JsonText().put("StreamName", stream);
            if (!found.isEmpty()) {
                request.put("ExclusiveStartShardId", found.getLast().id());
            }
            JsonObject description = client.call("DescribeStream", request).object("StreamDescription");
            List<JsonObject> page = description.objects("Shards");
            for (JsonObject shard : page) {
                found.add(shardOf(shard));
            }
            more = description.text("HasMoreShards").equals("true") && !page.isEmpty();
        }
        if (found.isEmpty()) {
            throw client.nonsense("has no shards"); // as while a stream is being made
        }
        return only.isEmpty() ? found : wanted(found);
    }

    private static Shard shardOf(JsonObject shard) {
        List<String> parents = new ArrayList<>();
        shard.member("ParentShardId").ifPresent(parent -> parents.add(parent.string()));
        shard.member("AdjacentParentShardId").ifPresent(parent -> parents.add(parent.string()));
        return new Shard(shard.text("ShardId"), parents);
    }

    /** Those that are named, and what became of them. Parents stand before their children. */
    private List<Shard> wanted(List<Shard> all) {
        Set<String> ids = new HashSet<>(only);
        List<Shard> wanted = new ArrayList<>();
        for (Shard shard : all) {
            if (ids.contains(shard.id()) || shard.parents().stream().anyMatch(ids::contains)) {
                ids.add(shard.id());
                wanted.add(shard);
            }
        }
        if (wanted.isEmpty()) {
            throw client.nonsense("has none of the shards that attributes.shards names");
        }
        return wanted;
    }

    @Override
    public String open(Shard shard, Position from) throws InterruptedException {
        JsonText request = new JsonText().put("StreamName", stream).put("ShardId", shard.id());
        switch (from.kind()) {
            case START -> request.put("ShardIteratorType", "TRIM_HORIZON");
            case LATEST, END -> request.put("ShardIteratorType", "LATEST");
            case TIME ->
                request.put("ShardIteratorType", "AT_TIMESTAMP")
                        .putJson("Timestamp", AwsNumbers.seconds(from.millis()));
            case AFTER ->
                request.put("ShardIteratorType", "AFTER_SEQUENCE_NUMBER").put("StartingSequenceNumber", from.text());
        }
        try {
            return client.call("GetShardIterator", request).text("ShardIterator");
        } catch (SourceException e) {
            if (e.kind() == SourceException.Kind.EXPIRED && from.kind() == Position.Kind.AFTER) {
                // Of another stream that had the name before.
                throw new SourceException(SourceException.Kind.TRIMMED, e.error(), e);
            }
            throw e;
        }
    }

    @Override
    public Page read(Shard shard, String cursor, int most) throws InterruptedException {
        JsonObject answer = client.call(
                "GetRecords", new JsonText().put("ShardIterator", cursor).put("Limit", Math.min(most, MOST_RECORDS)));
        List<ShardRecord> records = new ArrayList<>();
        for (JsonObject one : answer.objects("Records")) {
            records.add(recordOf(shard, one));
        }
        return new Page(records, answer.text("NextShardIterator"));
    }

    private ShardRecord recordOf(Shard shard, JsonObject one) {
        String sequence = one.text("SequenceNumber");
        String key = one.text("PartitionKey");
        byte[] data;
        try {
            data = Base64.getDecoder().decode(one.text("Data"));
        } catch (IllegalArgumentException e) {
            throw client.nonsense("has data that is no Base64");
        }
        SourceMessage message = SourceMessage.at(AwsNumbers.nanos(one.text("ApproximateArrivalTimestamp")))
                .topic(stream)
                .header("X-Nucleon-Key", key)
                .header("X-Nucleon-Shard", shard.id())
                .header("X-Nucleon-Sequence-Number", sequence)
                .id(shard.id() + ":" + sequence)
                .position(numberOf(shard), 0)
                .body(data)
                .build();
        return new ShardRecord(sequence, 0, key.getBytes(UTF_8), message);
    }

    /** -1 if its id is not made as they all are. */
    private static int numberOf(Shard shard) {
        return shard.id().matches(SHARD + "\\d{1,9}")
                ? Integer.parseInt(shard.id().substring(SHARD.length()))
                : -1;
    }
}
