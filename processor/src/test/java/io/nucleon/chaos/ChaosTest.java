package io.nucleon.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.InvocationIds;
import io.nucleon.invoke.PlainEvent;
import io.nucleon.runtime.FunctionRuntime;
import io.nucleon.runtime.Owner;
import io.nucleon.runtime.WorkerListener;
import io.nucleon.runtime.WorkerRuntime;
import io.nucleon.runtime.WorkerSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real signals to a real process, of which a runtime says that it is its worker. */
class ChaosTest {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Sleeper sleeper = new Sleeper();
    private final HeldTimer timer = new HeldTimer();
    private Chaos chaos;

    @AfterEach
    void end() {
        sleeper.process.destroyForcibly();
        chaos.close();
    }

    /** Time passes when the test says so. */
    private static final class HeldTimer extends ScheduledThreadPoolExecutor {
        private final List<Runnable> due = new ArrayList<>();

        HeldTimer() {
            super(0);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            due.add(task);
            return null;
        }

        void pass() {
            List<Runnable> all = List.copyOf(due);
            due.clear();
            all.forEach(Runnable::run);
        }
    }

    /** A worker that does nothing with its events, as the process that it is does nothing. */
    private static final class Sleeper implements FunctionRuntime, WorkerRuntime, Owner {
        final Process process;
        final List<Invocation> given = new ArrayList<>();
        volatile long pid;
        volatile long epoch = 1;

        Sleeper() {
            try {
                process = new ProcessBuilder("setsid", "sleep", "1000").start();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            pid = process.pid();
        }

        /** As the kernel has it: S sleeps, T is stopped. */
        String kernelState() {
            try {
                String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
                return stat.substring(stat.lastIndexOf(')') + 2).substring(0, 1);
            } catch (IOException e) {
                return "gone";
            }
        }

        @Override
        public WorkerRuntime open(int index, WorkerListener listener) {
            return this;
        }

        @Override
        public String describe() {
            return "sleeper";
        }

        @Override
        public void close() {}

        @Override
        public Owner owner() {
            return this;
        }

        @Override
        public boolean isCurrent() {
            return true;
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void start() {}

        @Override
        public int capacity() {
            return 1;
        }

        @Override
        public int concurrency() {
            return 1;
        }

        @Override
        public void offer(Invocation invocation) {
            given.add(invocation);
        }

        @Override
        public CompletionStage<Void> stop(long graceNanos) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public WorkerSnapshot snapshot() {
            return new WorkerSnapshot(3, "ready", pid, epoch, "shm", "", given.size(), 0, "");
        }
    }

    private WorkerRuntime worker(double kill, double delay) {
        chaos = new Chaos(
                new Chaos.Odds(kill, delay),
                new Chaos.Listener() {
                    @Override
                    public void killed(String function, int worker, long pid) {
                        told.add(function + " " + worker + " killed");
                    }

                    @Override
                    public void delayed(String function, int worker, long pid, long millis) {
                        told.add(function + " " + worker + " delayed " + millis);
                    }
                },
                () -> 0.5,
                timer);
        return chaos.around("orders", sleeper).open(3, null);
    }

    private static Invocation event() {
        Clock clock = Clock.system();
        return new Invocation(PlainEvent.of(0, 0), null, new InvocationIds(clock), clock.nanoTime(), 0);
    }

    @Test
    void aWorkerThatHasAnEventIsKilled() {
        worker(0.6, 0).offer(event());
        assertThat(sleeper.process.isAlive()).as("before its moment").isTrue();
        timer.pass();

        await("its death").until(() -> !sleeper.process.isAlive());
        assertThat(told).containsExactly("orders 3 killed");
        assertThat(sleeper.process.exitValue()).isEqualTo(128 + 9);
        assertThat(sleeper.given).hasSize(1);
        assertThat(chaos.counts()).isEqualTo(new Chaos.Counts(1, 0, 0));
    }

    @Test
    void aWorkerThatHasAnEventStandsStillForAWhile() {
        WorkerRuntime worker = worker(0, 0.6);

        worker.offer(event());
        await("its stop").until(() -> sleeper.kernelState().equals("T"));
        worker.offer(event());
        assertThat(told).as("a worker that stands still is not stopped again").containsExactly("orders 3 delayed 275");

        timer.pass();
        await("its going on").until(() -> !sleeper.kernelState().equals("T"));
        assertThat(chaos.counts()).isEqualTo(new Chaos.Counts(0, 1, 275));
    }

    @Test
    void nothingHappensBelowTheOddsOrWithoutAProcess() {
        WorkerRuntime worker = worker(0.5, 0.5);
        worker.offer(event());
        sleeper.pid = 0;
        WorkerRuntime inProcess = worker(1, 1);
        inProcess.offer(event());

        assertThat(sleeper.kernelState()).isNotEqualTo("T");
        assertThat(sleeper.process.isAlive()).isTrue();
        assertThat(chaos.counts()).isEqualTo(new Chaos.Counts(0, 0, 0));
        assertThat(told).isEmpty();
    }

    @Test
    void theNextProcessOfAWorkerIsNotKilledForTheOneBefore() {
        WorkerRuntime worker = worker(0.6, 0);
        worker.offer(event());
        sleeper.epoch = 2;
        timer.pass();

        assertThat(sleeper.process.isAlive()).isTrue();
        assertThat(told).isEmpty();
    }
}
