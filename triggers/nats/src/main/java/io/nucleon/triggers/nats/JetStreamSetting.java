package io.nucleon.triggers.nats;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Fields;
import io.nucleon.trigger.TriggerSetting;

/**
 * The attributes of a trigger on a consumer of JetStream, which must exist.
 *
 * @param window messages that are open at once at most ({@code maxInFlight}, our own)
 */
record JetStreamSetting(ClientSetting client, String stream, String consumer, int window) {

    /** Enough for some workers with prefetch; what waits here can't be had by other replicas. */
    private static final int WINDOW = 64;

    private static final int MOST_WINDOW = 10_000;

    static JetStreamSetting read(Fields fields, TriggerSetting setting) {
        return new JetStreamSetting(
                ClientSetting.read(fields, setting),
                required(fields, "stream"),
                required(fields, "consumer"),
                fields.integer("maxInFlight", WINDOW, 1, MOST_WINDOW));
    }

    private static String required(Fields fields, String name) {
        String text = fields.text(name, "");
        if (text.isBlank()) {
            fields.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, name)
                    .what("is missing")
                    .why("the trigger reads from a stream through a consumer, and both must exist")
                    .fix("write " + name + ": NAME")
                    .add();
        }
        return text;
    }
}
