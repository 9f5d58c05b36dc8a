package io.nucleon.runtime.shell;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process beside the processor that ends what a function's handlers have left running when the processor is gone, however it ended:
 * {@code wrappers/shell/guard.sh}. Safe for many threads.
 *
 * <p>It sleeps on a pipe whose other end only the processor has. A child that is just being started has a copy of that end until its own
 * program is there, so at the end of the pipe every child there is has the marker in its environment, by which the guard finds it and
 * what it has started. The kernel's parent-death signal can't do this: it is set by the child itself, for which a second exec an event would be
 * needed, and grandchildren don't get it.
 */
final class Guard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private static final String VARIABLE = "NUCLEON_RUN";
    private static final int RANDOM_BYTES = 16;
    private static final int END_SECONDS = 10;

    private final String function;
    private final Path script;
    private final String marker;
    private Process process;
    private OutputStream hold;
    private boolean closed;

    /**
     * Starts one.
     *
     * @param home where Nucleon is unpacked
     * @throws io.nucleon.error.NucleonException NUC-4010 if it can't be started
     */
    Guard(String function, Path home) {
        this.function = function;
        this.script = home.resolve("wrappers/shell/guard.sh");
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        this.marker = VARIABLE + "=" + HexFormat.of().formatHex(random);
        try {
            start();
        } catch (IOException e) {
            throw failed(e).toException(e);
        }
    }

    /** The variable that every handler's process has in its environment. */
    String marker() {
        return marker;
    }

    private synchronized void start() throws IOException {
        if (closed) {
            return;
        }
        List<String> command = new ArrayList<>();
        if (Programs.of(null).find("setsid") != null) {
            command.add("setsid"); // what a terminal sends to the processor's group is not for it
        }
        command.addAll(List.of("sh", script.toString(), marker));
        process = new ProcessBuilder(command)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        hold = process.getOutputStream();
        Process started = process;
        process.onExit().thenRun(() -> ended(started));
    }

    private synchronized void ended(Process gone) {
        if (closed || gone.pid() != process.pid()) {
            return;
        }
        LOG.warn("the guard of function '{}' was ended ({}); another one is started", function, gone.exitValue());
        try {
            start();
        } catch (IOException e) {
            LOG.error("{}", failed(e).line());
        }
    }

    private ErrorMessage failed(IOException cause) {
        return ErrorMessage.of(
                ErrorCode.WORKER_START_FAILED,
                "starting the guard of function '" + function + "' failed",
                String.valueOf(cause.getMessage()),
                "see that sh is on PATH and that " + script + " can be read");
    }

    /** Lets it end what is left, and waits for that. */
    @Override
    public void close() {
        Process last;
        synchronized (this) {
            closed = true;
            last = process;
        }
        try {
            hold.close();
            if (!last.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                last.destroyForcibly();
            }
        } catch (IOException e) {
            LOG.debug("closing the guard's pipe failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
