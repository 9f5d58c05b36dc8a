package io.nucleon.trigger;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.loop.EventLoops;
import io.nucleon.spec.FunctionConfig;
import io.nucleon.spec.FunctionReader;
import io.nucleon.spec.trigger.Trigger;
import io.nucleon.spec.trigger.TriggerKind;
import java.nio.file.Path;

/** Settings of triggers as files describe them. */
public final class TestSettings {

    private TestSettings() {}

    /** Of a function {@code orders} with one trigger {@code t}; {@code fields} is the YAML of the trigger, from column 1 on. */
    public static TriggerSetting of(String fields, EventLoops loops, Clock clock) {
        String text =
                "metadata: {name: orders, namespace: tests}\nspec:\n  runtime: python\n  handler: main:handler\n  triggers:\n    t:\n"
                        + fields.indent(6);
        FunctionConfig config = FunctionReader.read(text, "function.yaml").value();
        Trigger trigger = config.spec().triggers().get("t");
        String kind = TriggerKind.of(trigger.kind()).map(TriggerKind::reported).orElse(trigger.kind());
        return new TriggerSetting(
                new TriggerSource(0, "t", kind, trigger.triggerClass()),
                trigger.url(),
                trigger.attributes().node().plain(),
                trigger.workers().availabilityTimeout().toNanos(),
                TriggerSetting.BatchSetting.OFF,
                loops,
                clock,
                trigger,
                config.metadata(),
                Path.of("/functions/orders"));
    }
}
