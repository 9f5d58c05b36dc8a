package io.nucleon.wrapper.handler;

import io.nuclio.EventHandler;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Loads one version of a function's handler. Stateless; safe for many threads. */
public final class HandlerLoader {

    private HandlerLoader() {}

    /**
     * Compiles what is source, and loads the handler's class in a class loader of its own. Runs none of the user's code.
     *
     * @param code a folder with sources, classes or jars, or one {@code .java} or {@code .jar} file
     * @param handler {@code Class} or {@code anything:Class}, fully qualified; empty: the one class that implements EventHandler
     * @throws io.nucleon.error.NucleonException NUC-4020 no handler there, NUC-4021 the named one is not there or is none, NUC-4022 source
     *     that does not compile, NUC-4023 a class that does not link
     */
    public static LoadedHandler load(Path code, String handler) {
        CodePath path = CodePath.of(code);
        Map<String, byte[]> compiled = path.sources().isEmpty() ? Map.of() : new SourceCompiler(path).compile();
        HandlerClassLoader loader = new HandlerClassLoader(path.classPath(), compiled);
        try {
            return new LoadedHandler(loader, constructor(path, compiled, loader, handler));
        } catch (RuntimeException | Error e) {
            loader.close();
            throw e;
        }
    }

    private static Constructor<? extends EventHandler> constructor(
            CodePath path, Map<String, byte[]> compiled, HandlerClassLoader loader, String handler) {
        LoadMessages messages = new LoadMessages(path, handler);
        String name = className(handler, messages);
        if (name.isEmpty()) {
            name = only(ClassScan.of(path, compiled).handlers(), messages);
        }
        Class<?> type = find(name, loader, path, compiled, messages);
        if (!EventHandler.class.isAssignableFrom(type)) {
            throw messages.notAHandler(name, ClassScan.of(path, compiled).handlers());
        }
        try {
            Constructor<? extends EventHandler> constructor =
                    type.asSubclass(EventHandler.class).getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw messages.noConstructor(name, e);
        } catch (LinkageError e) {
            throw messages.linkage(name, e);
        }
    }

    /** nuclio's rule: one segment is the class, of two the second is; more are refused. */
    private static String className(String handler, LoadMessages messages) {
        int colon = handler.indexOf(':');
        if (colon != handler.lastIndexOf(':')) {
            throw messages.malformed();
        }
        return handler.substring(colon + 1).strip();
    }

    private static String only(List<String> handlers, LoadMessages messages) {
        if (handlers.size() == 1) {
            return handlers.get(0);
        }
        List<String> named = handlers.stream()
                .filter(name -> name.substring(name.lastIndexOf('.') + 1).equals("Handler"))
                .toList();
        if (named.size() == 1) {
            return named.get(0);
        }
        throw handlers.isEmpty() ? messages.noHandler() : messages.ambiguous(handlers);
    }

    private static Class<?> find(
            String name,
            HandlerClassLoader loader,
            CodePath path,
            Map<String, byte[]> compiled,
            LoadMessages messages) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw messages.missing(name, ClassScan.of(path, compiled).handlers());
        } catch (LinkageError e) {
            // On a file system that ignores case the file is found, but holds a class of another name.
            if (e instanceof NoClassDefFoundError
                    && String.valueOf(e.getMessage()).contains("wrong name")) {
                throw messages.missing(name, ClassScan.of(path, compiled).handlers());
            }
            throw messages.linkage(name, e);
        }
    }
}
