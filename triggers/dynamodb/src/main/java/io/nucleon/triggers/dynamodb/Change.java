package io.nucleon.triggers.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nucleon.trigger.JsonObject;
import io.nucleon.trigger.JsonValue;
import io.nucleon.trigger.SourceMessage;
import io.nucleon.triggers.aws.AwsNumbers;
import io.nucleon.triggers.shards.ShardRecord;
import io.nucleon.triggers.shards.http.JsonText;

/**
 * A record of a table's stream as AWS Lambda shows it to handlers: that of the API with the stream's ARN added, and two members in Lambda's
 * spelling.
 */
final class Change {

    private static final String TIME = "ApproximateCreationDateTime";
    private static final long SECOND = 1000;

    private Change() {}

    static ShardRecord record(JsonObject one, JsonObject change, String shard, String table, String arn) {
        String sequence = change.text("SequenceNumber");
        SourceMessage message = SourceMessage.at(AwsNumbers.nanos(change.text(TIME)))
                .id(one.text("eventID"))
                .path(table)
                .topic(arn)
                .contentType("application/json")
                .header("Content-Type", "application/json")
                .header("X-Nucleon-Shard", shard)
                .header("X-Nucleon-Sequence-Number", sequence)
                .body(body(one, change, arn).toString().getBytes(UTF_8))
                .build();
        byte[] key = change.member("Keys").map(JsonValue::raw).orElse(null);
        return new ShardRecord(sequence, 0, key, message);
    }

    private static JsonText body(JsonObject one, JsonObject change, String arn) {
        JsonText body = new JsonText();
        one.members().forEach((name, value) -> {
            switch (name) {
                case "dynamodb" -> body.put(name, changeOf(change));
                case "userIdentity" -> value.object().ifPresent(who -> body.put(name, identity(who)));
                default -> body.putJson(name, new String(value.raw(), UTF_8));
            }
        });
        return body.put("eventSourceARN", arn);
    }

    private static JsonText changeOf(JsonObject change) {
        JsonText text = new JsonText();
        change.members().forEach((name, value) -> {
            if (name.equals(TIME)) {
                long millis = AwsNumbers.millis(value.string());
                text.putJson(name, millis % SECOND == 0 ? Long.toString(millis / SECOND) : AwsNumbers.seconds(millis));
            } else {
                text.putJson(name, new String(value.raw(), UTF_8));
            }
        });
        return text;
    }

    /** The API writes these two with capitals. */
    private static JsonText identity(JsonObject who) {
        return new JsonText().put("type", who.text("Type")).put("principalId", who.text("PrincipalId"));
    }
}
