package io.nucleon.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/**
 * Waits for SIGTERM or SIGINT, after which the main thread stops everything in order; a second signal halts at once. A shutdown hook would
 * not do: the JVM takes no second signal while hooks run. {@code sun.misc.Signal} (of jdk.unsupported) has no successor, and javac warns
 * of its every mention, so it is reached by name.
 */
final class StopSignal {

    /** Exit codes that say which signal ended a command. */
    private static final Map<String, Integer> EXITS = Map.of("INT", 130, "TERM", 143);

    private final CompletableFuture<Integer> asked = new CompletableFuture<>();

    private StopSignal() {}

    /** Takes the signals over. */
    static StopSignal install() {
        StopSignal signal = new StopSignal();
        EXITS.forEach((name, exit) -> handle(name, () -> signal.ask(exit)));
        return signal;
    }

    private static void handle(String name, Runnable action) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            InvocationHandler run = (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    action.run();
                }
                return null;
            };
            Object handler =
                    Proxy.newProxyInstance(StopSignal.class.getClassLoader(), new Class<?>[] {handlerType}, run);
            type.getMethod("handle", type, handlerType)
                    .invoke(null, type.getConstructor(String.class).newInstance(name), handler);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("taking SIG" + name + " over failed", e);
        }
    }

    private void ask(int exit) {
        if (!asked.complete(exit)) {
            Runtime.getRuntime().halt(exit);
        }
    }

    /** Calls when the process is asked to stop, with the exit code that says so; on the thread of the signal. */
    void whenAsked(IntConsumer action) {
        asked.thenAccept(action::accept);
    }

    /** Waits until the process is asked to stop; the exit code that says so. */
    int await() {
        return asked.join();
    }
}
