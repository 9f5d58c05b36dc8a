package io.nucleon.app;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.loop.EventLoops;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.spec.EnvVar;
import io.nucleon.spec.FunctionSpec;
import io.nucleon.spec.trigger.Mode;
import io.nucleon.spec.trigger.Trigger;
import io.nucleon.spec.trigger.TriggerKind;
import io.nucleon.trigger.TriggerSetting;
import io.nucleon.trigger.TriggerSetting.BatchSetting;
import io.nucleon.worker.PoolSetting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns a plan into what runtimes, pools and triggers need to know. Stateless. */
final class Settings {

    private Settings() {}

    /** The function's triggers as events name them; the index is the place. */
    static List<TriggerSource> sources(Plan plan) {
        List<TriggerSource> sources = new ArrayList<>();
        for (Trigger trigger : plan.triggers()) {
            String kind =
                    TriggerKind.of(trigger.kind()).map(TriggerKind::reported).orElse(trigger.kind());
            sources.add(new TriggerSource(sources.size(), trigger.name(), kind, trigger.triggerClass()));
        }
        return sources;
    }

    /** For the workers of the pool that {@code first} is the first trigger of. */
    static RuntimeSetting runtime(Plan plan, Trigger first, List<TriggerSource> sources) {
        FunctionSpec spec = plan.config().spec();
        boolean asynchronous = first.mode() == Mode.ASYNC || plan.overrides().inFlight() > 1;
        return new RuntimeSetting(
                plan.name(),
                plan.config().metadata().namespace(),
                spec.version(),
                spec.description(),
                spec.runtime().name(),
                spec.handler(),
                plan.directory(),
                environment(plan),
                plan.config().raw().map("spec").map("runtimeAttributes").plain(),
                sources,
                asynchronous,
                inFlight(plan, first, asynchronous),
                workers(plan, first),
                transport(plan),
                plan.overrides().interpreter(),
                spec.eventTimeout().orElse(Duration.ZERO),
                first.workers().terminationTimeout());
    }

    private static int inFlight(Plan plan, Trigger trigger, boolean asynchronous) {
        if (!asynchronous) {
            return 1;
        }
        return plan.overrides().inFlight() > 0
                ? plan.overrides().inFlight()
                : trigger.async().maxConnections();
    }

    static int workers(Plan plan, Trigger trigger) {
        return plan.overrides().workers() > 0
                ? plan.overrides().workers()
                : trigger.workers().count();
    }

    private static String transport(Plan plan) {
        return plan.overrides().transport().equals("auto")
                ? plan.config().spec().runtimeAttributes().transport().word()
                : plan.overrides().transport();
    }

    private static Map<String, String> environment(Plan plan) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (EnvVar variable : plan.config().spec().env()) {
            environment.put(variable.name(), variable.value());
        }
        environment.putAll(plan.environment());
        return environment;
    }

    static PoolSetting pool(Plan plan, String name, Trigger first) {
        FunctionSpec.Queue queue = plan.config().spec().queue();
        return new PoolSetting(name, plan.name(), workers(plan, first), queue.maxEvents(), queue.maxBytes());
    }

    static TriggerSetting trigger(Plan plan, Trigger trigger, TriggerSource source, EventLoops loops, Clock clock) {
        boolean batches = trigger.batch().enabled();
        boolean listens = trigger.isHttp() && !plan.overrides().address().isEmpty();
        return new TriggerSetting(
                source,
                listens ? plan.overrides().address() : trigger.url(),
                trigger.attributes().node().plain(),
                trigger.workers().availabilityTimeout().toNanos(),
                batches
                        ? new BatchSetting(
                                trigger.batch().size(),
                                trigger.batch().timeout().toNanos())
                        : BatchSetting.OFF,
                loops,
                clock,
                trigger,
                plan.config().metadata());
    }
}
