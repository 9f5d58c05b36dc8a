package io.nucleon.runtime.process;

import io.nucleon.os.Signals;
import io.nucleon.runtime.RuntimeSetting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A running wrapper, leader of a process group of its own, that the kernel ends when the processor is gone. Safe for many threads.
 */
final class WorkerProcess implements WorkerLife {

    /** A child that left the group can hold the pipe; the crash message then has what was read. */
    private static final long LAST_WORDS_MILLIS = 100;

    private static final List<String> PREFIX = prefix();

    private final Process process;
    private final OutputPump errors;

    private WorkerProcess(Process process, OutputPump errors) {
        this.process = process;
        this.errors = errors;
    }

    private static List<String> prefix() {
        List<String> prefix = new ArrayList<>();
        if (Interpreters.has("setsid")) {
            prefix.add("setsid");
        }
        if (Interpreters.has("setpriv")) {
            prefix.addAll(List.of("setpriv", "--pdeathsig", "KILL", "--"));
        }
        return prefix;
    }

    /**
     * Starts a wrapper; on the {@link ProcessStarter}'s thread only.
     *
     * @param connection environment that tells the wrapper where to connect
     */
    static WorkerProcess start(ProcessRuntime runtime, int worker, Map<String, String> connection) throws IOException {
        RuntimeSetting setting = runtime.setting();
        List<String> command = new ArrayList<>(PREFIX);
        command.addAll(runtime.wrapper().command());
        ProcessBuilder builder = new ProcessBuilder(command);
        if (setting.directory().toFile().isDirectory()) {
            builder.directory(setting.directory().toFile());
        }
        Map<String, String> environment = builder.environment();
        environment.putAll(runtime.wrapper().environment());
        environment.putAll(setting.environment());
        environment.put("NUCLIO_FUNCTION_NAME", setting.name());
        environment.put("NUCLIO_FUNCTION_DESCRIPTION", setting.description());
        environment.put("NUCLIO_FUNCTION_VERSION", Integer.toString(setting.version()));
        environment.put("NUCLIO_FUNCTION_HANDLER", setting.handler());
        environment.put("NUCLIO_HANDLER", setting.handler());
        environment.putAll(connection);
        Process process = builder.start();
        process.getOutputStream().close();
        OutputPump output =
                new OutputPump(process.getInputStream(), runtime.services().log(), worker, false);
        OutputPump errors =
                new OutputPump(process.getErrorStream(), runtime.services().log(), worker, true);
        Threads.pump("out-" + setting.name() + "-" + worker, output);
        Threads.pump("err-" + setting.name() + "-" + worker, errors);
        return new WorkerProcess(process, errors);
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public void killTree() {
        if (!PREFIX.isEmpty() && PREFIX.get(0).equals("setsid")) {
            Signals.toGroup(process.pid(), Signals.KILL);
        }
        process.destroyForcibly();
    }

    @Override
    public CompletableFuture<Integer> exit() {
        return process.onExit().thenCompose(gone -> {
            killTree(); // what is left of the group would hold the pipe open
            return errors.ended()
                    .completeOnTimeout(null, LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS)
                    .thenApply(read -> gone.exitValue());
        });
    }

    @Override
    public List<String> lastErrorLines() {
        return errors.lastLines();
    }
}
