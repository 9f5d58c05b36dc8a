package io.nucleon.triggers.kinesis;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Fields;
import io.nucleon.trigger.TriggerSetting;
import io.nucleon.triggers.aws.AwsSetting;
import io.nucleon.triggers.aws.StreamSetting;
import java.util.List;

/**
 * The attributes of a trigger on Kinesis.
 *
 * @param shards to read, with what they are split and merged into; empty: all
 */
record KinesisSetting(AwsSetting aws, String stream, List<String> shards, StreamSetting reading) {

    KinesisSetting {
        shards = List.copyOf(shards);
    }

    static KinesisSetting read(Fields fields, TriggerSetting setting) {
        String stream = fields.text("streamName", "").strip();
        if (stream.isEmpty()) {
            fields.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, "streamName")
                    .what("is missing")
                    .why("the trigger reads from a stream")
                    .fix("write streamName: NAME")
                    .add();
        }
        return new KinesisSetting(
                AwsSetting.read(fields, setting, System.getenv()),
                stream,
                fields.texts("shards"),
                StreamSetting.read(fields));
    }
}
