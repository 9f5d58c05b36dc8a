package io.nucleon.record;

import io.nucleon.error.NucleonException;
import io.nucleon.invoke.Event;
import io.nucleon.invoke.EventKeeper;
import io.nucleon.invoke.Failure;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.Invoker;
import io.nucleon.invoke.Outcome;
import io.nucleon.invoke.Reply;
import io.nucleon.invoke.ResponseView;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.journal.Entry;
import io.nucleon.journal.EntryKind;
import io.nucleon.journal.InvocationId;
import io.nucleon.journal.RecordedAnswer;
import io.nucleon.journal.Stored;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The asynchronous calls of one trigger: accepted when they are in the journal, run as workers are free, answered in the journal. Safe for
 * many threads.
 *
 * <p>One thread of its own takes them in the order of their arrival and gives a few at a time to the workers, so that callers who wait are
 * not held up behind them. Bodies are read from the journal when there are many. A call that did not start is given again; one whose handler
 * raised, or whose worker died, is answered with that, as a caller who waits would be. What is not answered when the processor ends
 * is run by the next one, from its beginning.
 */
public final class AsyncCalls implements EventKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(AsyncCalls.class);

    private final FunctionJournal journal;
    private final TriggerSource source;
    private final Invoker invoker;
    private final long waitNanos;
    private final CallQueue queue;
    private final FailureCapture captures;
    /** Calls that are not answered. */
    private final ConcurrentHashMap<String, State> open = new ConcurrentHashMap<>();

    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private volatile Thread runner;

    /** @param window calls that are with workers at once */
    AsyncCalls(FunctionJournal journal, TriggerSource source, Invoker invoker, long waitNanos, int window) {
        this.journal = journal;
        this.source = source;
        this.invoker = invoker;
        this.waitNanos = waitNanos;
        this.queue = new CallQueue(window);
        this.captures = new FailureCapture(journal);
    }

    /** Goes on with what an earlier processor left. Returns at once. */
    public void start() {
        if (journal.journal().isUsed()) {
            Threads.start("async-" + source.name(), this::findOpen);
        }
    }

    private void findOpen() {
        try {
            for (Stored one : journal.journal().living()) {
                if (isOurs(one.entry()) && open.putIfAbsent(one.entry().id(), State.ACCEPTED) == null) {
                    queue.add(one.entry().id(), null);
                    startRunner();
                }
            }
        } catch (NucleonException e) {
            LOG.error("asynchronous calls of an earlier processor are not gone on with: {}", e.getMessage());
        }
    }

    private boolean isOurs(Entry entry) {
        return entry.kind() == EntryKind.ACCEPTED
                && entry.function().equals(journal.function())
                && entry.event()
                        .filter(event -> event.trigger().equals(source.name()))
                        .isPresent();
    }

    @Override
    public void accept(Event event, Acceptance acceptance) {
        String id = journal.newId();
        Entry entry = Entry.accepted(id, journal.now(), journal.function(), EventCopy.of(event));
        journal.journal().append(entry, failure -> {
            if (failure != null) {
                acceptance.refused(failure.error());
                return;
            }
            open.put(id, State.ACCEPTED);
            queue.add(id, entry);
            startRunner();
            acceptance.accepted(id);
        });
    }

    private void startRunner() {
        if (runner == null) {
            synchronized (this) {
                if (runner == null) {
                    runner = Threads.start("async-" + source.name(), this::run);
                }
            }
        }
    }

    private void run() {
        try {
            for (CallQueue.Waiting next = queue.take(); next != null; next = queue.take()) {
                give(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void give(CallQueue.Waiting next) {
        Optional<Entry> entry;
        try {
            entry = next.entry() == null ? find(next.id()) : Optional.of(next.entry());
        } catch (NucleonException e) {
            LOG.warn("asynchronous call {} can't be read yet: {}", next.id(), e.getMessage());
            queue.later(next);
            return;
        }
        if (entry.isEmpty()) {
            open.remove(next.id());
            queue.ended();
            return;
        }
        open.put(next.id(), State.RUNNING);
        invoker.invoke(new KeptEvent(entry.get(), source), waitNanos, new Run(next));
    }

    private Optional<Entry> find(String id) {
        return journal.journal().find(id).stream()
                .map(Stored::entry)
                .filter(entry -> entry.kind() == EntryKind.ACCEPTED)
                .findFirst();
    }

    /** One call that is with a worker. */
    private final class Run implements Reply {

        private final CallQueue.Waiting call;
        private AnswerCopy copy;

        Run(CallQueue.Waiting call) {
            this.call = call;
        }

        @Override
        public void respond(Invocation invocation, ResponseView response) {
            copy = new AnswerCopy(response);
            if (!response.more()) {
                answered(call.id(), copy.answer());
            }
        }

        @Override
        public void chunk(Invocation invocation, ByteBuffer part, boolean last, boolean failed) {
            copy.add(part);
            if (failed) {
                copy.failed();
            }
            if (last) {
                answered(call.id(), copy.answer());
            }
        }

        @Override
        public void fail(Invocation invocation, Failure failure) {
            if (failure.outcome() == Outcome.UNAVAILABLE) {
                open.put(call.id(), State.ACCEPTED);
                queue.later(call);
            } else {
                answered(call.id(), AnswerCopy.of(failure));
            }
        }
    }

    private void answered(String id, RecordedAnswer answer) {
        Entry entry = Entry.answered(id, journal.now(), journal.function(), answer);
        journal.journal().append(entry, failure -> {
            if (failure != null) {
                LOG.warn(
                        "the answer to asynchronous call {} is not kept; it will be run again: {}",
                        id,
                        failure.getMessage());
            }
            open.remove(id);
        });
        queue.ended();
    }

    @Override
    public void look(String id, Consumer<Call> told) {
        State state = open.get(id);
        if (state != null) {
            told.accept(Call.open(state));
        } else if (!InvocationId.isOne(id) || !journal.journal().isUsed()) {
            told.accept(Call.UNKNOWN);
        } else {
            Threads.start("async-look", () -> told.accept(read(id)));
        }
    }

    private Call read(String id) {
        try {
            List<Entry> found = journal.journal().find(id).stream()
                    .map(Stored::entry)
                    .filter(entry -> entry.function().equals(journal.function()))
                    .toList();
            for (Entry entry : found) {
                if (entry.kind() == EntryKind.ANSWERED) {
                    return AnswerCopy.call(entry.answer().orElseThrow());
                }
            }
            boolean accepted = found.stream().anyMatch(entry -> entry.kind() == EntryKind.ACCEPTED);
            return accepted ? Call.open(State.ACCEPTED) : Call.UNKNOWN;
        } catch (NucleonException e) {
            LOG.warn("asynchronous call {} can't be looked up: {}", id, e.getMessage());
            return Call.UNKNOWN;
        }
    }

    @Override
    public void failed(Invocation invocation, ResponseView answer, Failure failure) {
        captures.keep(invocation, answer, failure);
    }

    /** Gives no more calls to workers; done when those that are there have ended. */
    public CompletionStage<Void> drain() {
        queue.close(() -> idle.complete(null));
        return idle;
    }
}
