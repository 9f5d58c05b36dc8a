package io.nucleon.runtime.process;

import io.nucleon.os.Signals;
import io.nucleon.program.Programs;
import io.nucleon.runtime.RuntimeSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A running wrapper, leader of a process group of its own, that the kernel ends when the processor is gone. Safe for many threads.
 */
final class WorkerProcess implements WorkerLife {

    /**
     * A child that left the group can hold the pipe; the crash message then has what was read. On a machine with four times as much to do
     * as it can, 100 ms were too few to read anything.
     */
    private static final long LAST_WORDS_MILLIS = 1000;

    private static final boolean HAS_DEATH_SIGNAL = Programs.has("setpriv");
    private static final List<String> PREFIX = prefix();

    /** When memory is short, the kernel is to end a worker before the processor: one function's event fails, not all of them. */
    private static final String ENDED_FIRST = "500";

    private final Process process;
    private final OutputPump output;
    private final OutputPump errors;
    private final WorkerMemory memory;
    private final ProcessStarter starter;

    private WorkerProcess(
            Process process, OutputPump output, OutputPump errors, ProcessRuntime runtime, ProcessStarter starter) {
        this.process = process;
        this.output = output;
        this.errors = errors;
        this.memory = new WorkerMemory(process.pid(), runtime.oomKills());
        this.starter = starter;
        starter.watch(memory);
    }

    private static List<String> prefix() {
        List<String> prefix = new ArrayList<>();
        if (Programs.has("setsid")) {
            prefix.add("setsid");
        }
        if (HAS_DEATH_SIGNAL) {
            prefix.addAll(List.of("setpriv", "--pdeathsig", "KILL", "--"));
        }
        return prefix;
    }

    /**
     * Starts a wrapper.
     *
     * @param connection environment that tells the wrapper where to connect
     * @param starter whose thread the calling one is
     */
    static WorkerProcess start(
            ProcessRuntime runtime, int worker, Map<String, String> connection, ProcessStarter starter)
            throws IOException {
        RuntimeSetting setting = runtime.setting();
        WorkerLaunch launch = WorkerLaunch.of(runtime.wrapper(), setting);
        List<String> command = new ArrayList<>(PREFIX);
        command.addAll(launch.command());
        ProcessBuilder builder = new ProcessBuilder(command);
        if (launch.directory().toFile().isDirectory()) {
            builder.directory(launch.directory().toFile());
        }
        Map<String, String> environment = builder.environment();
        environment.putAll(launch.environment());
        environment.putAll(connection);
        if (!HAS_DEATH_SIGNAL) {
            // the wrapper then sees to it by itself (PROTOCOL.md §4)
            environment.put(
                    "NUCLEON_PARENT", Long.toString(ProcessHandle.current().pid()));
        }
        Process process = builder.start();
        process.getOutputStream().close();
        offerToTheKernel(process.pid());
        OutputPump output =
                new OutputPump(process.getInputStream(), runtime.services().log(), worker, false);
        OutputPump errors =
                new OutputPump(process.getErrorStream(), runtime.services().log(), worker, true);
        Threads.pump("out-" + setting.name() + "-" + worker, output);
        Threads.pump("err-" + setting.name() + "-" + worker, errors);
        return new WorkerProcess(process, output, errors, runtime, starter);
    }

    private static void offerToTheKernel(long pid) {
        try {
            Files.writeString(Path.of("/proc/" + pid + "/oom_score_adj"), ENDED_FIRST);
        } catch (IOException e) {
            // it has ended already, or /proc is read-only: then the kernel chooses by itself
        }
    }

    @Override
    public long pid() {
        return process.pid();
    }

    /** A handler may eat all there is before the next look in turn. */
    @Override
    public void becameReady() {
        starter.look(memory);
    }

    @Override
    public boolean signal(int number) {
        return Signals.toProcess(process.pid(), number);
    }

    @Override
    public List<String> lastErrors() {
        return errors.lastLines();
    }

    @Override
    public void killTree() {
        if (!PREFIX.isEmpty() && PREFIX.get(0).equals("setsid")) {
            Signals.toGroup(process.pid(), Signals.KILL);
        }
        process.toHandle().destroyForcibly(); // Process's own closes the pipes, with what nobody has read yet
    }

    @Override
    public CompletableFuture<WorkerExit> exit() {
        return process.onExit().thenCompose(gone -> {
            starter.forget(memory);
            WorkerMemory.Shortage shortage = memory.shortage(gone.exitValue());
            killTree(); // what is left of the group would hold the pipes open
            return CompletableFuture.allOf(output.ended(), errors.ended())
                    .completeOnTimeout(null, LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS)
                    .thenApply(
                            read -> new WorkerExit(gone.exitValue(), shortage, errors.lastLines(), output.lastLines()))
                    .whenComplete((exit, none) -> process.destroyForcibly()); // closes pipes that are held open
        });
    }
}
