package io.nucleon.record;

import io.nucleon.invoke.DurableEvent;
import io.nucleon.invoke.Event;
import io.nucleon.invoke.EventKeeper;
import io.nucleon.invoke.EventRun;
import io.nucleon.invoke.Failure;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.Invoker;
import io.nucleon.invoke.LogRecord;
import io.nucleon.invoke.Reply;
import io.nucleon.invoke.ResponseView;
import io.nucleon.journal.RecordedAnswer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * An invoker whose answers are copied for those who want to see them: a recorder, which sees all, and events that were sent by hand, which
 * see their own. All others pass untouched. Safe for many threads.
 *
 * @param recorder null if nobody records
 */
public record WatchedInvoker(Invoker invoker, AnswerWatcher recorder) implements Invoker {

    @Override
    public Invocation invoke(Event event, long waitNanos, Reply reply) {
        return invoker.invoke(event, waitNanos, watched(event, reply));
    }

    @Override
    public void invokeBatch(List<? extends Event> events, long waitNanos, List<? extends Reply> replies) {
        List<Reply> watched = new ArrayList<>(replies.size());
        for (int i = 0; i < replies.size(); i++) {
            watched.add(watched(events.get(i), replies.get(i)));
        }
        invoker.invokeBatch(events, waitNanos, watched);
    }

    /** Untouched: events that were sent by hand have ids, and such go alone. */
    @Override
    public void invokeRun(EventRun run, long waitNanos) {
        invoker.invokeRun(run, waitNanos);
    }

    @Override
    public boolean knowsRuns() {
        return recorder == null && invoker.knowsRuns();
    }

    @Override
    public EventKeeper keeper() {
        return invoker.keeper();
    }

    @Override
    public CompletionStage<Void> drainWorkers() {
        return invoker.drainWorkers();
    }

    @Override
    public void resumeWorkers() {
        invoker.resumeWorkers();
    }

    @Override
    public boolean isCongested() {
        return invoker.isCongested();
    }

    private Reply watched(Event event, Reply reply) {
        AnswerWatcher sender = event.carrier() instanceof AnswerWatcher own ? own : null;
        return sender == null && recorder == null ? reply : new Watched(reply, sender);
    }

    private final class Watched implements Reply {

        private final Reply reply;
        /** Null if it is nobody's own. */
        private final AnswerWatcher sender;

        private AnswerCopy copy;

        Watched(Reply reply, AnswerWatcher sender) {
            this.reply = reply;
            this.sender = sender;
        }

        @Override
        public void respond(Invocation invocation, ResponseView response) {
            copy = new AnswerCopy(response);
            if (!response.more()) {
                tell(invocation, copy.answer());
            }
            reply.respond(invocation, response);
        }

        @Override
        public void chunk(Invocation invocation, ByteBuffer part, boolean last, boolean failed) {
            copy.add(part);
            if (failed) {
                copy.failed();
            }
            if (last) {
                tell(invocation, copy.answer());
            }
            reply.chunk(invocation, part, last, failed);
        }

        @Override
        public void fail(Invocation invocation, Failure failure) {
            tell(invocation, AnswerCopy.of(failure));
            reply.fail(invocation, failure);
        }

        private void tell(Invocation invocation, RecordedAnswer answer) {
            if (sender != null) {
                sender.ended(invocation, answer);
            }
            if (recorder != null && !waitsOn(invocation, answer)) {
                recorder.ended(invocation, answer);
            }
        }

        /** Whether no worker was free, and its deliverer waits for one: that is no end. */
        private static boolean waitsOn(Invocation invocation, RecordedAnswer answer) {
            return invocation.event().carrier() instanceof DurableEvent
                    && answer.outcome().equals("unavailable");
        }

        @Override
        public boolean isWritable() {
            return reply.isWritable();
        }

        @Override
        public boolean capturesLogs() {
            return reply.capturesLogs();
        }

        @Override
        public void log(LogRecord logged) {
            reply.log(logged);
        }
    }
}
