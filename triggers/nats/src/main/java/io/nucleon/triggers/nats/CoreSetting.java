package io.nucleon.triggers.nats;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Fields;
import io.nucleon.trigger.TriggerSetting;

/**
 * The attributes of a trigger on a subject.
 *
 * @param topic subject, with wildcards
 * @param queueName of the group that shares its messages
 */
record CoreSetting(ClientSetting client, String topic, String queueName) {

    /** What nuclio's documentation promises: one group for all replicas of the function. */
    private static final String QUEUE = "{{.Namespace}}.{{.Name}}-{{.Id}}";

    static CoreSetting read(Fields fields, TriggerSetting setting) {
        String topic = fields.text("topic", "");
        if (topic.isBlank() || topic.chars().anyMatch(Character::isWhitespace)) {
            fields.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, "topic")
                    .what("names no subject")
                    .why(topic.isBlank() ? "it is missing" : "a subject has no blanks")
                    .fix("write topic: orders.*")
                    .add();
        }
        return new CoreSetting(
                ClientSetting.read(fields, setting), topic, QueueName.of(fields.text("queueName", QUEUE), setting));
    }
}
