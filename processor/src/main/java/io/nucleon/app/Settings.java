package io.nucleon.app;

import io.nucleon.delivery.DeliverySetting;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.loop.EventLoops;
import io.nucleon.runtime.Platform;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.runtime.WorkerTrigger;
import io.nucleon.spec.EnvVar;
import io.nucleon.spec.FunctionSpec;
import io.nucleon.spec.field.Secrets;
import io.nucleon.spec.trigger.Delivery;
import io.nucleon.spec.trigger.Mode;
import io.nucleon.spec.trigger.Trigger;
import io.nucleon.spec.trigger.TriggerKind;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.trigger.CloudEvents;
import io.nucleon.trigger.TriggerSetting;
import io.nucleon.trigger.TriggerSetting.BatchSetting;
import io.nucleon.worker.PoolSetting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Turns a plan into what runtimes, pools and triggers need to know. Stateless. */
final class Settings {

    private Settings() {}

    /** The function's triggers as events name them; the index is the place. */
    static List<TriggerSource> sources(Plan plan) {
        List<TriggerSource> sources = new ArrayList<>();
        for (Trigger trigger : plan.triggers()) {
            sources.add(new TriggerSource(sources.size(), trigger.name(), reported(trigger), trigger.triggerClass()));
        }
        return sources;
    }

    private static String reported(Trigger trigger) {
        return TriggerKind.of(trigger.kind()).map(TriggerKind::reported).orElse(trigger.kind());
    }

    /** A key without a value is as good as none. */
    private static Map<String, Object> given(MapNode node) {
        Map<String, Object> plain = node.plain();
        plain.values().removeIf(Objects::isNull);
        return plain;
    }

    /** For the workers of the pool that {@code first} is the first trigger of. */
    static RuntimeSetting runtime(Plan plan, Trigger first, List<TriggerSource> sources, Platform host) {
        FunctionSpec spec = plan.config().spec();
        Map<String, String> environment = environment(plan);
        Platform platform = platform(plan, host);
        if (!platform.urls().isEmpty()) {
            environment.put(Platform.URLS_VARIABLE, platform.urls());
        }
        Map<String, Object> attributes = given(plan.config().raw().map("spec").map("runtimeAttributes"));
        boolean inspected = plan.overrides().isInspected();
        if (inspected) {
            Debugger.of(plan).prepare(plan.overrides().inspect(), environment, attributes);
        }
        return new RuntimeSetting(
                plan.name(),
                plan.config().metadata().namespace(),
                spec.version(),
                spec.description(),
                spec.runtime().name(),
                spec.handler(),
                plan.directory(),
                environment,
                attributes,
                sources,
                trigger(first),
                platform,
                isAsync(plan, first),
                inFlight(plan, first),
                workers(plan, first),
                transport(plan),
                plan.overrides().interpreter(),
                inspected ? Duration.ZERO : spec.eventTimeout().orElse(Duration.ZERO),
                first.workers().terminationTimeout());
    }

    /** Who set where other functions are knows better than the host. */
    static Platform platform(Plan plan, Platform host) {
        Map<String, String> environment = environment(plan);
        String inherited = System.getenv().getOrDefault(Platform.URLS_VARIABLE, host.urls());
        return host.withUrls(environment.getOrDefault(Platform.URLS_VARIABLE, inherited));
    }

    /** As in nuclio a pool with a name of its own belongs to no trigger, even if only one uses it. */
    private static WorkerTrigger trigger(Trigger first) {
        String pool = first.workers().allocatorName();
        return pool.isEmpty() ? new WorkerTrigger(reported(first), first.name()) : new WorkerTrigger("", pool);
    }

    /** Events at once in a worker of its first trigger. */
    static int inFlight(Plan plan) {
        return plan.triggers().isEmpty() ? 1 : inFlight(plan, plan.triggers().getFirst());
    }

    private static boolean isAsync(Plan plan, Trigger trigger) {
        boolean wanted =
                trigger.mode() == Mode.ASYNC && plan.config().spec().runtime().takesSeveral();
        return wanted || plan.overrides().inFlight() > 1;
    }

    private static int inFlight(Plan plan, Trigger trigger) {
        if (!isAsync(plan, trigger)) {
            return 1;
        }
        return plan.overrides().inFlight() > 0
                ? plan.overrides().inFlight()
                : trigger.async().maxConnections();
    }

    /** A breakpoint is met by every event only if there is one worker. */
    static int workers(Plan plan, Trigger trigger) {
        if (plan.overrides().isInspected()) {
            return 1;
        }
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

    /** Values of the handlers' environment that are secrets: by their names, or as Kubernetes' secrets. */
    static List<String> secrets(Plan plan) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(environment(plan));
        List<String> secrets = new ArrayList<>();
        environment.forEach((name, value) -> {
            if (Secrets.isSecret(name)) {
                secrets.add(value);
            }
        });
        for (EnvVar variable : plan.config().spec().env()) {
            if (variable.valueFrom().has("secretKeyRef")) {
                secrets.add(System.getenv().getOrDefault(variable.name(), ""));
            }
        }
        return secrets;
    }

    /** How many calls that nobody waits for are with workers at once: all of them busy, none of them with a second in line. */
    static int window(Plan plan, Trigger trigger) {
        return workers(plan, trigger) * inFlight(plan, trigger);
    }

    static PoolSetting pool(Plan plan, String name, Trigger first) {
        FunctionSpec.Queue queue = plan.config().spec().queue();
        return new PoolSetting(name, plan.name(), workers(plan, first), queue.maxEvents(), queue.maxBytes());
    }

    static DeliverySetting delivery(Plan plan, Trigger trigger) {
        Delivery delivery = trigger.delivery();
        return new DeliverySetting(
                plan.name(),
                trigger.name(),
                delivery.retry(),
                delivery.explicitAck(),
                trigger.workers().availabilityTimeout().toNanos(),
                CloudEvents::unwrapMessage);
    }

    static TriggerSetting trigger(Plan plan, Trigger trigger, TriggerSource source, EventLoops loops, Clock clock) {
        boolean batches =
                trigger.batch().enabled() && plan.config().spec().runtime().takesBatches();
        boolean listens = trigger.isHttp() && !plan.overrides().address().isEmpty();
        return new TriggerSetting(
                source,
                listens ? plan.overrides().address() : trigger.url(),
                given(trigger.attributes().node()),
                trigger.workers().availabilityTimeout().toNanos(),
                batches
                        ? new BatchSetting(
                                trigger.batch().size(),
                                trigger.batch().timeout().toNanos())
                        : BatchSetting.OFF,
                loops,
                clock,
                trigger,
                plan.config().metadata(),
                plan.source());
    }
}
