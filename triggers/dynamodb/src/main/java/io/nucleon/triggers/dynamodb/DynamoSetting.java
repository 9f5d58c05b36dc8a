package io.nucleon.triggers.dynamodb;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Fields;
import io.nucleon.trigger.TriggerSetting;
import io.nucleon.triggers.aws.AwsSetting;
import io.nucleon.triggers.aws.StreamSetting;

/**
 * The attributes of a trigger on DynamoDB Streams.
 *
 * @param table whose streams are read, the one that is on now and those before it
 * @param arn of the one stream to read; empty for the table's
 */
record DynamoSetting(AwsSetting aws, String table, String arn, StreamSetting reading) {

    private static final String ARN = "arn:[^:]+:dynamodb:[^:]*:[^:]*:table/([^/]+)/stream/[^/]+";

    static DynamoSetting read(Fields fields, TriggerSetting setting) {
        String table = fields.text("tableName", "").strip();
        String arn = fields.text("streamArn", "").strip();
        if (!arn.isEmpty() && !arn.matches(ARN)) {
            fields.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, "streamArn")
                    .what("is no ARN of a table's stream")
                    .why("it looks like arn:aws:dynamodb:REGION:ACCOUNT:table/NAME/stream/LABEL")
                    .fix("write that, or tableName: NAME instead")
                    .add();
            arn = "";
        } else if (table.isEmpty() && arn.isEmpty()) {
            fields.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, "tableName")
                    .what("is missing")
                    .why("the trigger reads the changes of a table")
                    .fix("write tableName: NAME, or streamArn: ARN")
                    .add();
        }
        return new DynamoSetting(
                AwsSetting.read(fields, setting, System.getenv()),
                arn.isEmpty() ? table : arn.replaceFirst(ARN, "$1"),
                arn,
                StreamSetting.read(fields));
    }
}
