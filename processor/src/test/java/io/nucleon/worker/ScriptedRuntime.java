package io.nucleon.worker;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.Outcome;
import io.nucleon.runtime.FunctionRuntime;
import io.nucleon.runtime.Owner;
import io.nucleon.runtime.WorkerListener;
import io.nucleon.runtime.WorkerRuntime;
import io.nucleon.runtime.WorkerSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Workers whose every move the test makes; all of them belong to the test's thread. */
final class ScriptedRuntime implements FunctionRuntime {

    final List<Scripted> workers = new ArrayList<>();

    @Override
    public WorkerRuntime open(int index, WorkerListener listener) {
        Scripted worker = new Scripted(index, listener);
        workers.add(worker);
        return worker;
    }

    @Override
    public String describe() {
        return "scripted";
    }

    @Override
    public void close() {}

    /** One worker; what it was given and has not answered is in {@link #held}. */
    static final class Scripted implements WorkerRuntime {
        final List<Invocation> held = new ArrayList<>();
        /** Its drain callback's end. */
        CompletableFuture<Void> drained = CompletableFuture.completedFuture(null);

        int drains;
        int resumes;
        final List<Long> graces = new ArrayList<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private final int index;
        private final WorkerListener listener;

        Scripted(int index, WorkerListener listener) {
            this.index = index;
            this.listener = listener;
        }

        void becomeReady() {
            listener.ready();
        }

        /** Answers the oldest one after so many ns in the handler. */
        void answer(long handlerNanos) {
            Invocation first = held.removeFirst();
            first.handlerNanos = handlerNanos;
            if (first.close()) {
                first.outcome = Outcome.RESPONDED;
                first.status = 200;
            }
            listener.freed(first);
        }

        /** Says that a caller of what it holds has left, as runtimes do that a canceller calls. */
        void tellOfCancelled() {
            listener.cancelledUnbegun();
        }

        /** Dies: the first had begun, the rest had not. */
        void die() {
            Invocation begun = held.removeFirst();
            List<Invocation> rest = List.copyOf(held);
            held.clear();
            listener.lost(rest, ErrorMessage.of(ErrorCode.WORKER_CRASHED, "died", "", ""), false);
            if (begun.close()) {
                begun.outcome = Outcome.WORKER_LOST;
            }
            listener.freed(begun);
        }

        @Override
        public Owner owner() {
            return new Owner() {
                @Override
                public boolean isCurrent() {
                    return true;
                }

                @Override
                public void execute(Runnable task) {
                    task.run();
                }
            };
        }

        /** Did not run it: it drains. */
        void handBack(Invocation invocation) {
            held.remove(invocation);
            listener.handedBack(invocation);
        }

        @Override
        public void start() {}

        @Override
        public int capacity() {
            return 32;
        }

        @Override
        public int concurrency() {
            return 1;
        }

        @Override
        public void offer(Invocation invocation) {
            held.add(invocation);
        }

        @Override
        public List<Invocation> takeBack() {
            List<Invocation> waiting = List.copyOf(held.subList(Math.min(1, held.size()), held.size()));
            held.removeAll(waiting);
            return waiting;
        }

        @Override
        public CompletionStage<Void> drain() {
            drains++;
            return drained;
        }

        @Override
        public void resume() {
            resumes++;
        }

        @Override
        public CompletionStage<Void> stop(long graceNanos) {
            graces.add(graceNanos);
            return ended;
        }

        /** The stopped worker is gone. */
        void end() {
            List<Invocation> rest = List.copyOf(held);
            held.clear();
            listener.lost(rest, ErrorMessage.of(ErrorCode.DRAINING, "stopped", "", ""), true);
            ended.complete(null);
        }

        /** It can't be had. */
        void fail() {
            listener.lost(List.of(), ErrorMessage.of(ErrorCode.SOURCE_INVALID, "broken", "", ""), true);
        }

        @Override
        public WorkerSnapshot snapshot() {
            return new WorkerSnapshot(index, "ready", 0, 1, "none", "", held.size(), 0, "");
        }
    }
}
