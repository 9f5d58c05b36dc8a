package io.nucleon.app;

import io.nucleon.admin.EventMetrics;
import io.nucleon.admin.FunctionLabels;
import io.nucleon.admin.FunctionView;
import io.nucleon.admin.RateMeter;
import io.nucleon.admin.TriggerCounts;
import io.nucleon.admin.TriggerView;
import io.nucleon.delivery.DeliveryEngine;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.host.RunState;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.InvocationListener;
import io.nucleon.invoke.Invoker;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.runtime.FunctionRuntime;
import io.nucleon.runtime.Platform;
import io.nucleon.runtime.RuntimeServices;
import io.nucleon.runtime.WorkerSnapshot;
import io.nucleon.transport.shm.SegmentLayout;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerFactory;
import io.nucleon.trigger.TriggerSetting;
import io.nucleon.worker.WorkerPool;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * One function in a host: its runtimes, pools and triggers with one life cycle, none of it static, so that a process can host one or many.
 * Started and stopped by one thread; the rest may be called from any.
 */
final class HostedFunction {

    private volatile Plan plan;
    private final Hosting hosting;
    private final EventMetrics metrics;
    private final RateMeter rate = new RateMeter();
    private final List<TriggerSource> sources;
    private final FunctionPools pools;
    private final Keeping keeping;
    private final List<Attached> attached = new ArrayList<>();
    private final CompletableFuture<Void> firstReady = new CompletableFuture<>();

    /**
     * Makes everything, starts nothing.
     *
     * @throws NucleonException when a runtime or trigger can't be made
     */
    HostedFunction(Plan plan, RuntimeServices services, Hosting hosting) {
        this.plan = plan;
        this.hosting = hosting;
        this.keeping = new Keeping(hosting.journal(), hosting.events().recorder());
        this.sources = Settings.sources(plan);
        int mostWorkers = plan.triggers().stream()
                .mapToInt(trigger -> Settings.workers(plan, trigger))
                .max()
                .orElse(1);
        this.metrics = new EventMetrics(sources.size(), mostWorkers);
        this.pools = new FunctionPools(hosting, services, sources, ears(hosting.listener()));
        for (int i = 0; i < sources.size(); i++) {
            attach(plan.triggers().get(i), sources.get(i), services);
        }
    }

    private InvocationListener ears(InvocationListener other) {
        return other.equals(InvocationListener.NOBODY)
                ? metrics
                : (invocation, outcome, status) -> {
                    metrics.ended(invocation, outcome, status);
                    other.ended(invocation, outcome, status);
                };
    }

    private void attach(io.nucleon.spec.trigger.Trigger spec, TriggerSource source, RuntimeServices services) {
        WorkerPool pool = pools.of(plan, spec, name -> new PoolSupervisor(this, name, services.clock()));
        TriggerSetting setting = Settings.trigger(plan, spec, source, services.loops(), services.clock())
                .withState(keeping.journal().stateOf(spec.name()));
        Platform platform = Settings.platform(plan, hosting.platform());
        DeadLetterPlaces places = new DeadLetterPlaces(
                spec,
                keeping.journal().deadLetters(),
                name -> platform.addressOf(name, plan.config().metadata().namespace()));
        DeliveryEngine delivery = new DeliveryEngine(
                Settings.delivery(plan, spec),
                keeping.watched(pool),
                places,
                keeping.journal().retries(places.isJournal()),
                services.loops(),
                services.clock());
        TriggerFactory factory = spec.isHttp() ? hosting.http() : Triggers.factoryFor(spec, services.home());
        Invoker invoker = pool;
        if (spec.isHttp()) {
            invoker = keeping.invoker(source, keeping.recorded(pool), setting.waitNanos(), Settings.window(plan, spec));
        } else {
            keeping.delivers(source, delivery);
        }
        Trigger trigger = factory.create(setting, invoker, delivery);
        places.connect(trigger);
        boolean connects = hosting.events().brokers() || !Triggers.needsBroker(spec);
        Attached one = new Attached(spec, source, trigger, pool, delivery, connects);
        keeping.takesSent(one.target(configuration(spec), keeping.watched(pool)));
        attached.add(one);
    }

    /** Starts the workers; done when all of them take events, failed when one can't be had. */
    CompletionStage<Void> startWorkers() {
        pools.all().forEach(WorkerPool::start);
        if (pools.all().isEmpty()) {
            firstReady.complete(null);
        }
        return firstReady;
    }

    /** Whether its workers were awaited still, which has failed now. */
    boolean failsToStart(ErrorMessage why) {
        return firstReady.completeExceptionally(why.toException());
    }

    /** A pool has all its workers. */
    void poolReady() {
        if (isReady()) {
            firstReady.complete(null);
        }
    }

    /** A handler on a worker of that pool has acked; triggers know their own events by topic, partition and offset. */
    void acked(String poolName, String topic, int partition, long streamOffset) {
        if (keeping.ackedSent(topic, partition, streamOffset)) {
            return;
        }
        for (Attached one : attached) {
            if (FunctionPools.poolOf(one.spec()).equals(poolName)) {
                one.trigger().acked(topic, partition, streamOffset);
            }
        }
    }

    /**
     * Takes requests.
     *
     * @throws NucleonException NUC-5xxx when a trigger can't be started
     */
    void startHttp() {
        attached.stream()
                .filter(one -> one.spec().isHttp())
                .forEach(one -> one.trigger().start());
    }

    /**
     * Takes events of other sources.
     *
     * @throws NucleonException NUC-5xxx when a trigger can't be started
     */
    void startSources() {
        attached.stream()
                .filter(one -> !one.spec().isHttp() && one.connects())
                .forEach(one -> one.trigger().start());
    }

    /** Goes on with what its journal holds. */
    void startKept() {
        keeping.start();
    }

    /** Takes no more events of other sources than HTTP; those that are open are finished. */
    void drainSources() {
        attached.stream()
                .filter(one -> !one.spec().isHttp())
                .forEach(one -> one.trigger().drain());
    }

    /** Takes no new events; done when every open one was answered. */
    CompletionStage<Void> drain() {
        List<CompletableFuture<?>> drains = new ArrayList<>();
        pools.all().forEach(pool -> drains.add(drain(pool)));
        drains.add(keeping.drain().toCompletableFuture());
        return CompletableFuture.allOf(drains.toArray(CompletableFuture[]::new));
    }

    /** Its workers go on while sources finish what they have in hand. */
    private CompletableFuture<Void> drain(WorkerPool pool) {
        List<CompletableFuture<?>> sources = new ArrayList<>();
        List<CompletableFuture<?>> listeners = new ArrayList<>();
        for (Attached one : attached) {
            if (one.pool().equals(pool)) {
                (one.spec().isHttp() ? listeners : sources)
                        .add((one.connects()
                                        ? one.trigger().drain()
                                        : one.delivery().drain())
                                .toCompletableFuture());
            }
        }
        return CompletableFuture.allOf(sources.toArray(CompletableFuture[]::new))
                .thenCompose(done -> pool.drain())
                .thenCompose(done -> CompletableFuture.allOf(listeners.toArray(CompletableFuture[]::new)));
    }

    /** Ends workers and triggers; done when the last process is gone. */
    CompletionStage<Void> stop(long graceNanos) {
        return pools.stop(graceNanos)
                .whenComplete(
                        (done, error) -> attached.forEach(one -> one.trigger().stop()));
    }

    /**
     * Serves another version from now on, made ready beside the one that serves; see {@link FunctionPools#replace}. What is not made anew
     * by it (triggers, name, bounds of the waiting line) is as {@link Restarts} says.
     *
     * @param next as the files are now
     * @throws NucleonException why it can't be had; then nothing has changed
     */
    FunctionPools.Replaced replace(Plan next, long graceNanos) throws InterruptedException {
        Plan effective = Restarts.keep(plan, next);
        FunctionPools.Replaced replaced = pools.replace(effective, graceNanos);
        plan = effective;
        return replaced;
    }

    /** Makes ready for a next version what can be had before its code is known. */
    void warm() {
        pools.warm();
    }

    /** What is known of it, with a socket on which it takes what commands ask; without one if none can be made there. */
    RunState listening(RunState state, Path socket) {
        try {
            keeping.listen(socket);
            return state.withControl(socket);
        } catch (IOException e) {
            return state;
        }
    }

    /** Ends its journal, when nothing of it runs any more. */
    void close() {
        keeping.close();
    }

    /** Ends waits that are over; called every few ms. */
    void tick() {
        pools.all().forEach(WorkerPool::tick);
        long now = Clock.system().nanoTime();
        if (rate.isDue(now)) {
            TriggerCounts counts = metrics.counts();
            rate.sample(now, counts.succeeded() + counts.failed());
        }
    }

    boolean isReady() {
        return pools.isReady();
    }

    /** Events that are not answered yet. */
    int open() {
        return pools.all().stream().mapToInt(WorkerPool::open).sum();
    }

    Plan plan() {
        return plan;
    }

    EventMetrics metrics() {
        return metrics;
    }

    boolean hasHttpTrigger() {
        return attached.stream().anyMatch(one -> one.spec().isHttp());
    }

    /** Address of the HTTP trigger, empty if there is none. */
    String address() {
        return attached.stream()
                .filter(one -> one.spec().isHttp())
                .map(one -> one.trigger().address())
                .findFirst()
                .orElse("");
    }

    /** The same. */
    Optional<URI> url() {
        String address = address();
        return address.isEmpty() ? Optional.empty() : Optional.of(URI.create(address));
    }

    /** What a banner says of it. */
    Banner.Shown shown() {
        List<String> others = attached.stream()
                .filter(one -> !one.spec().isHttp())
                .map(one -> one.shown(plan.name()))
                .toList();
        List<FunctionRuntime> runtimes = pools.runtimes();
        String note = runtimes.isEmpty() ? "" : runtimes.getFirst().note();
        return new Banner.Shown(
                plan.name(),
                language(),
                plan.config().spec().handler(),
                address(),
                others,
                workers(),
                Settings.inFlight(plan),
                SegmentLayout.STANDARD.size(),
                note);
    }

    /** {@code python 3.13.5}. */
    String language() {
        List<FunctionRuntime> runtimes = pools.runtimes();
        return runtimes.isEmpty()
                ? plan.config().spec().runtime().name()
                : runtimes.getFirst().describe();
    }

    /** Files that its code is known to be made of, wherever they lie. */
    Set<Path> files() {
        return pools.runtimes().stream()
                .flatMap(runtime -> runtime.files().stream())
                .collect(Collectors.toSet());
    }

    List<WorkerSnapshot> workers() {
        return pools.all().stream()
                .flatMap(pool -> pool.workers().stream())
                .map(WorkerPool.WorkerState::runtime)
                .toList();
    }

    FunctionView view(String instance) {
        FunctionLabels labels = new FunctionLabels(
                instance,
                plan.config().metadata().namespace(),
                plan.name(),
                plan.config().metadata().project());
        FunctionView.About about =
                new FunctionView.About(language(), plan.config().spec().handler(), address(), rate.perSecond());
        List<TriggerView> triggers = attached.stream().map(this::view).toList();
        return new FunctionView(labels, triggers, metrics, 0, keeping.counts(), about);
    }

    private TriggerView view(Attached one) {
        return one.view(configuration(one.spec()), plan.config().raw().plain());
    }

    private Map<String, Object> configuration(io.nucleon.spec.trigger.Trigger spec) {
        return plan.config().raw().map("spec").map("triggers").map(spec.name()).plain();
    }
}
