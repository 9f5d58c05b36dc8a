package io.nucleon.wrapper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.wrapper.handler.HandlerLoader;
import io.nucleon.wrapper.handler.JsonText;
import io.nucleon.wrapper.handler.LoadedHandler;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Map;

/**
 * The worker process: hand-shake, load, READY, serve, leave.
 *
 * <p>Exit status: 0 after STOP and after the processor's end, 1 after FAULT, 2 when started by hand.
 */
public final class Wrapper {

    private Wrapper() {}

    /** Started by the processor, with its socket, token and number in the environment. */
    public static void main(String[] args) {
        String socket = System.getenv("NUCLEON_SOCKET");
        String token = System.getenv("NUCLEON_TOKEN");
        int worker = number(System.getenv("NUCLEON_WORKER"));
        if (socket == null || token == null || worker < 0) {
            System.err.println(
                    "io.nucleon.wrapper.Wrapper is started by the processor, with NUCLEON_SOCKET, NUCLEON_TOKEN and"
                            + " NUCLEON_WORKER set");
            leave(2);
        }
        Parent.watch(System.getenv("NUCLEON_PARENT"));
        Connection connection = null;
        try {
            Handshake.Agreed agreed = Handshake.connect(Path.of(socket), token, worker, "java", Arena.global());
            connection = agreed.connection();
            serve(connection, agreed.hello(), worker);
            // In order: the user's shutdown hooks run.
            System.exit(0);
        } catch (IOException gone) {
            leave(0);
        } catch (NucleonException e) {
            report(connection, e.error());
        } catch (Throwable e) {
            report(connection, Errors.internal(e));
        }
        leave(1);
    }

    private static int number(String text) {
        try {
            return text == null ? -1 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static void serve(Connection connection, Hello hello, int worker) throws IOException {
        WorkerContext context = new WorkerContext(worker, connection, hello.platform());
        LoadedHandler loaded = HandlerLoader.load(Path.of(hello.directory()), hello.handler());
        Thread.currentThread().setContextClassLoader(loaded.classLoader());
        Server server = new Server(connection, hello, context, loaded.newInstance());
        Runtime.getRuntime().addShutdownHook(Threads.atEnd(() -> server.finish(hello.terminationTimeoutMillis())));
        String ready = JsonText.object(Map.of("handler", loaded.className(), "async", false, "streaming", false));
        connection.send(Outgoing.of(Layout.READY, 0, 0, ready.getBytes(UTF_8)));
        connection.flush();
        server.serve();
    }

    /** A FAULT frame if the connection can still carry one, else stderr. */
    private static void report(Connection connection, ErrorMessage error) {
        try {
            if (connection == null) {
                throw new IOException("not connected yet");
            }
            connection.send(Outgoing.fault(error));
            connection.flush();
        } catch (IOException noWay) {
            System.err.println(error.line());
        }
    }

    /** At once: threads and shutdown hooks of the user may never end. */
    private static void leave(int status) {
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(status);
    }
}
