package io.nucleon.wrapper.handler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The classes of one version of a function: compiled sources first, then its folder and jars. Sees the JDK and {@code io.nuclio}, and
 * nothing else of the process that it lives in. Safe for many threads.
 *
 * <p>It has no name on purpose: a loader's name would show up in front of every frame of a user's stack trace. So a frame without a
 * module and without a loader's name is the user's.
 */
final class HandlerClassLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> compiled;

    /** {@code compiled}: binary class names and their class files. */
    HandlerClassLoader(List<Path> classPath, Map<String, byte[]> compiled) {
        super(classPath.stream().map(HandlerClassLoader::url).toArray(URL[]::new), new SdkClassLoader());
        this.compiled = Map.copyOf(compiled);
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] code = compiled.get(name);
        return code == null ? super.findClass(name) : defineClass(name, code, 0, code.length);
    }

    @Override
    public void close() {
        try {
            super.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing the jars of a handler failed", e);
        }
    }
}
