package io.nucleon.polyglot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nucleon.error.ErrorMessage;
import io.nucleon.runtime.HostedWrapper;
import io.nucleon.wrapper.Connection;
import io.nucleon.wrapper.Handshake;
import io.nucleon.wrapper.Outgoing;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;

/**
 * A worker's other end: connects to the processor and runs the handler's code in a context, and in a new one when a context had to be
 * ended. {@link #run} is its thread; the rest may be called from any.
 */
final class GuestWorker implements Runnable, HostedWrapper.Running {

    /** As processes: all went well; it said what was wrong. */
    private static final int OK = 0;

    private static final int FAULT = 1;

    /** So long a context may take to notice that it was cancelled (a regular expression, a call into Java) before it is left behind. */
    private static final long LEAVE_BEHIND_SECONDS = 10;

    private final GuestSetting setting;
    private final Contexts contexts;
    private final GuestOutput output;
    private final Map<String, String> address;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private Connection connection;
    private Context context;
    private boolean killed;

    /** {@code address}: where to connect, as a process gets it by environment (PROTOCOL.md §4). */
    GuestWorker(GuestSetting setting, Contexts contexts, GuestOutput output, Map<String, String> address) {
        this.setting = setting;
        this.contexts = contexts;
        this.output = output;
        this.address = address;
    }

    @Override
    public void run() {
        int status = FAULT;
        // Workers come and go while the process lives, so the memory shared with each goes with it.
        try (Arena memory = Arena.ofShared()) {
            status = serve(memory);
        } catch (IOException gone) {
            status = OK;
        } catch (OutOfMemoryError none) {
            say(none);
        } finally {
            closeQuietly();
            exit.complete(status);
        }
    }

    private int serve(Arena memory) throws IOException {
        Handshake.Agreed agreed = Handshake.connect(
                Path.of(address.get("NUCLEON_SOCKET")),
                address.get("NUCLEON_TOKEN"),
                Integer.parseInt(address.get("NUCLEON_WORKER")),
                setting.language().runtime(),
                memory);
        synchronized (this) {
            connection = agreed.connection();
        }
        Port port = new Port(agreed.connection(), agreed.hello());
        while (!isKilled()) {
            try (GuestSite site = contexts.open(setting, output)) {
                if (!use(site.context())) {
                    break;
                }
                Guest.of(site, port).serve();
                return Math.max(OK, port.exitStatus());
            } catch (PolyglotException ended) {
                if (port.exitStatus() >= 0 || ended.isExit()) {
                    return port.exitStatus() >= 0 ? port.exitStatus() : ended.getExitStatus();
                }
                if (isKilled()) {
                    break;
                }
                boolean limit = ended.isResourceExhausted() || ended.isCancelled();
                ErrorMessage error = limit ? Exhausted.of(setting, ended) : Exhausted.fault(setting, ended);
                if (!limit || !port.hasOpen()) {
                    fault(port, error);
                    return FAULT;
                }
                port.failOpen(error.line());
            } catch (OutOfMemoryError none) {
                // Our side of a call got no memory. The context is closed by now, and what it held is garbage.
                if (!port.hasOpen()) {
                    throw none;
                }
                port.failOpen(Exhausted.memory(setting).line());
            } finally {
                use(null);
            }
        }
        return OK;
    }

    /** Before the processor sees the connection's end: by these words it tells what it was. */
    private void say(OutOfMemoryError none) {
        try {
            output.err().write((none + "\n").getBytes(UTF_8));
            output.err().flush();
        } catch (IOException e) {
            // nobody listens
        }
    }

    /** False if the worker has been killed meanwhile. */
    private synchronized boolean use(Context next) {
        context = next;
        return !killed;
    }

    private synchronized boolean isKilled() {
        return killed;
    }

    /** Not of an event: a limit that loading the code ran into, or the wrapper's own failure. */
    private void fault(Port port, ErrorMessage error) throws IOException {
        port.send(Outgoing.fault(error));
        port.flush();
    }

    /** Ends the context in use: its event is answered as one that got no more memory. Any thread. */
    void endContext() {
        Context running;
        synchronized (this) {
            running = context;
        }
        end(running, () -> {});
    }

    private void end(Context running, Runnable then) {
        Threads.start("nucleon-end-" + setting.function(), () -> {
            if (running != null) {
                running.close(true);
            }
            then.run();
        });
    }

    @Override
    public void kill() {
        Context running;
        Connection open;
        synchronized (this) {
            killed = true;
            running = context;
            open = connection;
        }
        end(running, () -> {
            try {
                if (open != null) {
                    open.close();
                }
            } catch (IOException e) {
                // closed it is
            }
        });
        exit.completeOnTimeout(FAULT, LEAVE_BEHIND_SECONDS, TimeUnit.SECONDS);
    }

    private void closeQuietly() {
        try {
            output.out().close();
            output.err().close();
            if (connection != null) {
                connection.close();
            }
        } catch (IOException e) {
            // closed it is
        }
    }

    @Override
    public CompletableFuture<Integer> exit() {
        return exit;
    }
}
