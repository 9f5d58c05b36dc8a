package io.nucleon.wrapper.handler;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nuclio.EventHandler;
import io.nuclio.NonBlocking;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;

/**
 * One version of a handler's code. Safe for many threads.
 *
 * <p>It owns the class loader: once closed, and once nothing of the user's code runs or is kept, the code can be unloaded.
 */
public final class LoadedHandler implements AutoCloseable {

    private final HandlerClassLoader loader;
    private final Constructor<? extends EventHandler> constructor;

    LoadedHandler(HandlerClassLoader loader, Constructor<? extends EventHandler> constructor) {
        this.loader = loader;
        this.constructor = constructor;
    }

    /** The handler's class, fully qualified. */
    public String className() {
        return constructor.getDeclaringClass().getName();
    }

    /** Whether it says that it never waits. */
    public boolean isNonBlocking() {
        return constructor.getDeclaringClass().isAnnotationPresent(NonBlocking.class);
    }

    /** The loader of the user's classes, for a thread's context. */
    public ClassLoader classLoader() {
        return loader;
    }

    /**
     * A new instance, for one worker. Runs the user's constructor on the calling thread.
     *
     * @throws io.nucleon.error.NucleonException NUC-4023 if a class is missing, NUC-4024 if the constructor fails
     */
    public EventHandler newInstance() {
        try {
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            throw failed(e.getCause());
        } catch (ReflectiveOperationException | Error e) {
            throw failed(e);
        }
    }

    private RuntimeException failed(Throwable thrown) {
        Throwable cause =
                thrown instanceof ExceptionInInitializerError && thrown.getCause() != null ? thrown.getCause() : thrown;
        HandlerFailure failure = HandlerFailure.of(cause);
        String at = failure.at().isEmpty() ? "" : " (" + failure.at() + ")";
        if (cause instanceof NoClassDefFoundError) {
            return ErrorMessage.of(
                            ErrorCode.IMPORT_FAILED,
                            className() + at + " needs a class that is not there: " + failure.message(),
                            "the class is in none of the function's jars or folders",
                            "put the jar that has it beside the handler, or into its lib/ folder")
                    .toException(cause);
        }
        return ErrorMessage.of(
                        ErrorCode.INIT_FAILED,
                        "making the handler " + className() + " failed" + at + ": " + failure.summary(),
                        "its constructor or a static field of its class raised",
                        failure.at().isEmpty() ? "fix its constructor" : "fix " + failure.at())
                .with(failure.trace())
                .toException(cause);
    }

    /** Closes the jars. Classes that were loaded already go on working. */
    @Override
    public void close() {
        loader.close();
    }
}
