package io.nucleon.triggers.v3io;

import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.Invoker;
import io.nucleon.spec.trigger.ExplicitAck;
import io.nucleon.trigger.AttributeReader;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerFactory;
import io.nucleon.trigger.TriggerSetting;
import io.nucleon.triggers.shards.ShardSetting;
import io.nucleon.triggers.shards.ShardTrigger;
import java.time.Duration;
import java.util.UUID;

/** Makes triggers on streams of v3io. Safe for many threads. */
public final class V3ioTriggerFactory implements TriggerFactory {

    /** nuclio's library looks as often. */
    private static final Duration POLLING = Duration.ofMillis(250);

    @Override
    public boolean accepts(String kind) {
        return kind.equals("v3ioStream");
    }

    @Override
    public Trigger create(TriggerSetting setting, Invoker invoker, Deliverer deliverer) {
        V3ioSetting v3io = AttributeReader.read(setting, fields -> V3ioSetting.read(fields, setting, System.getenv()));
        V3ioClient client = new V3ioClient(setting.source().name(), v3io);
        ShardSetting shards = new ShardSetting(
                v3io.initial(),
                v3io.window(),
                v3io.ackWindow(),
                POLLING.toNanos(),
                0,
                v3io.session().toNanos(),
                v3io.commit().toNanos(),
                setting.spec().delivery().explicitAck() != ExplicitAck.DISABLE);
        return new ShardTrigger(
                setting,
                shards,
                new V3ioStream(client, v3io),
                new V3ioLeases(client, v3io),
                UUID.randomUUID().toString().replace("-", ""),
                deliverer);
    }
}
