package io.nucleon.app;

import io.nucleon.admin.JournalCounts;
import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.Invoker;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.journal.JournalStats;
import io.nucleon.record.AnswerWatcher;
import io.nucleon.record.AsyncCalls;
import io.nucleon.record.ControlSocket;
import io.nucleon.record.FunctionJournal;
import io.nucleon.record.KeepingInvoker;
import io.nucleon.record.SentTarget;
import io.nucleon.record.WatchedInvoker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A function's journal in the hands of its triggers: which of them take asynchronous calls, and what goes on where an earlier processor
 * ended. Confined to the thread that starts and stops the function.
 */
final class Keeping implements AutoCloseable {

    private final FunctionJournal journal;
    private final List<AsyncCalls> calls = new ArrayList<>();
    private final Map<TriggerSource, Deliverer> deliverers = new LinkedHashMap<>();
    private final List<ControlSocket> sockets = new ArrayList<>();
    /** Null if nothing is recorded. */
    private final AnswerWatcher recorder;

    /** Owns the journal from now on. */
    Keeping(FunctionJournal journal, Function<FunctionJournal, AnswerWatcher> recorder) {
        this.journal = journal;
        this.recorder = recorder.apply(journal);
    }

    FunctionJournal journal() {
        return journal;
    }

    /** For the admin pages. */
    JournalCounts counts() {
        JournalStats stats = journal.stats();
        return new JournalCounts(
                stats.bytes(),
                stats.maxBytes(),
                stats.living(),
                stats.livingBytes(),
                stats.appended(),
                stats.refused(),
                stats.damaged());
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

    /** The pool, with its answers for those who sent an event by hand, and for the recorder. */
    Invoker watched(Invoker pool) {
        return new WatchedInvoker(pool, recorder);
    }

    /** The pool, with its answers for the recorder if there is one. */
    Invoker recorded(Invoker pool) {
        return recorder == null ? pool : watched(pool);
    }

    /** A trigger to which people may send events by hand. */
    void takesSent(SentTarget target) {
        journal.sent().connect(target);
    }

    /** Whether an ack of a handler's own was for an event that was sent by hand. */
    boolean ackedSent(String topic, int partition, long streamOffset) {
        return journal.sent().acked(topic, partition, streamOffset);
    }

    /** Takes what commands ask on a socket, until this is closed. */
    void listen(Path socket) throws IOException {
        sockets.add(journal.listen(socket));
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
        sockets.forEach(ControlSocket::close);
        journal.close();
    }
}
