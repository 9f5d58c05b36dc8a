package io.nucleon.triggers.v3io;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nucleon.trigger.JsonObject;
import io.nucleon.trigger.SourceMessage;
import io.nucleon.triggers.shards.Page;
import io.nucleon.triggers.shards.Position;
import io.nucleon.triggers.shards.Shard;
import io.nucleon.triggers.shards.ShardRecord;
import io.nucleon.triggers.shards.ShardSource;
import io.nucleon.triggers.shards.SourceException;
import io.nucleon.triggers.shards.http.JsonText;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A stream: a folder whose objects are the shards, made when the first record comes. */
final class V3ioStream implements ShardSource {

    private static final int MOST_SHARDS = 100_000;
    /** The cursor of a shard that is not there yet: all that will be in it is new. */
    private static final String ABSENT = "?";

    private final V3ioClient client;
    private final V3ioSetting setting;

    V3ioStream(V3ioClient client, V3ioSetting setting) {
        this.client = client;
        this.setting = setting;
    }

    @Override
    public List<Shard> shards() throws InterruptedException {
        String count = client.call("DescribeStream", "", new JsonText()).text("ShardCount");
        if (!count.matches("\\d{1,6}") || Integer.parseInt(count) < 1 || Integer.parseInt(count) > MOST_SHARDS) {
            throw client.nonsense("names no number of shards");
        }
        return IntStream.range(0, Integer.parseInt(count))
                .mapToObj(number -> new Shard(Integer.toString(number), List.of()))
                .toList();
    }

    @Override
    public String open(Shard shard, Position from) throws InterruptedException {
        try {
            return seek(shard, from.kind() == Position.Kind.AFTER ? from : committed(shard, from));
        } catch (SourceException e) {
            if (e.kind() == SourceException.Kind.MISSING) {
                return ABSENT;
            }
            throw e;
        }
    }

    /** Behind what a nuclio function has committed for the group; {@code otherwise} if none has. */
    private Position committed(Shard shard, Position otherwise) throws InterruptedException {
        String name = V3ioLeases.committedAttribute(setting.group());
        String number = client.call("GetItem", shard.id(), new JsonText().put("AttributesToGet", name))
                .object("Item")
                .object(name)
                .text("N");
        return number.isEmpty() ? otherwise : Position.after(number);
    }

    private String seek(Shard shard, Position from) throws InterruptedException {
        JsonText request = new JsonText();
        switch (from.kind()) {
            case START -> request.put("Type", "EARLIEST");
            case LATEST, END -> request.put("Type", "LATEST");
            case TIME ->
                request.put("Type", "TIME")
                        .put("TimestampSec", TimeUnit.MILLISECONDS.toSeconds(from.millis()))
                        .put("TimestampNSec", 0);
            case AFTER -> request.put("Type", "SEQUENCE").put("StartingSequenceNumber", number(from.text()) + 1);
        }
        String location = client.call("SeekShard", shard.id(), request).text("Location");
        if (location.isEmpty()) {
            throw client.nonsense("names no location");
        }
        return location;
    }

    private long number(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw client.nonsense("has '" + text + "' for a sequence number");
        }
        return Long.parseLong(text);
    }

    @Override
    public Page read(Shard shard, String cursor, int most) throws InterruptedException {
        String location = cursor;
        if (cursor.equals(ABSENT)) {
            location = open(shard, Position.START);
            if (location.equals(ABSENT)) {
                return new Page(List.of(), ABSENT);
            }
        }
        JsonObject answer = client.call(
                "GetRecords",
                shard.id(),
                new JsonText().put("Location", location).put("Limit", Math.min(most, setting.batch())));
        List<ShardRecord> records = new ArrayList<>();
        for (JsonObject one : answer.objects("Records")) {
            records.add(recordOf(shard, one));
        }
        String next = answer.text("NextLocation");
        return new Page(records, next.isEmpty() ? location : next);
    }

    private ShardRecord recordOf(Shard shard, JsonObject one) {
        long number = number(one.text("SequenceNumber"));
        String key = one.text("PartitionKey");
        byte[] data;
        try {
            data = Base64.getDecoder().decode(one.text("Data"));
        } catch (IllegalArgumentException e) {
            throw client.nonsense("has data that is no Base64");
        }
        SourceMessage.Builder message = SourceMessage.at(arrival(one))
                .topic(setting.path())
                .position(Integer.parseInt(shard.id()), number)
                .body(data);
        if (!key.isEmpty()) {
            message.header("X-Nucleon-Key", key);
        }
        return new ShardRecord(
                Long.toString(number), number, key.isEmpty() ? null : key.getBytes(UTF_8), message.build());
    }

    private long arrival(JsonObject one) {
        String nanos = one.text("ArrivalTimeNSec");
        return TimeUnit.SECONDS.toNanos(number(one.text("ArrivalTimeSec"))) + (nanos.isEmpty() ? 0 : number(nanos));
    }
}
