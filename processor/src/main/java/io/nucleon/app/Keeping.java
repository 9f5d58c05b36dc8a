package io.nucleon.app;

import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.Invoker;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.record.AsyncCalls;
import io.nucleon.record.FunctionJournal;
import io.nucleon.record.KeepingInvoker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A function's journal in the hands of its triggers: which of them take asynchronous calls, and what goes on where an earlier processor
 * ended. Confined to the thread that starts and stops the function.
 */
final class Keeping implements AutoCloseable {

    private final FunctionJournal journal;
    private final List<AsyncCalls> calls = new ArrayList<>();
    private final Map<TriggerSource, Deliverer> deliverers = new LinkedHashMap<>();

    /** Owns the journal from now on. */
    Keeping(FunctionJournal journal) {
        this.journal = journal;
    }

    FunctionJournal journal() {
        return journal;
    }

    /**
     * An invoker for a trigger whose callers may choose not to wait, and whose failed events are kept.
     *
     * @param window calls nobody waits for that are with workers at once
     */
    Invoker invoker(TriggerSource source, Invoker pool, long waitNanos, int window) {
        AsyncCalls taken = journal.calls(source, pool, waitNanos, window);
        calls.add(taken);
        return new KeepingInvoker(pool, taken);
    }

    /** A trigger whose events may be left waiting for another try. */
    void delivers(TriggerSource source, Deliverer deliverer) {
        deliverers.put(source, deliverer);
    }

    /** Goes on with what an earlier processor left; once workers take events. */
    void start() {
        journal.begin();
        calls.forEach(AsyncCalls::start);
        deliverers.forEach(journal::resume);
    }

    /** Gives no more of what waits to workers; done when what they have has ended. */
    CompletionStage<Void> drain() {
        return CompletableFuture.allOf(
                calls.stream().map(one -> one.drain().toCompletableFuture()).toArray(CompletableFuture[]::new));
    }

    @Override
    public void close() {
        journal.close();
    }
}
