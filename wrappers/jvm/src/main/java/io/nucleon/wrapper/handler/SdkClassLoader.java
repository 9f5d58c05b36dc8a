package io.nucleon.wrapper.handler;

import io.nuclio.EventHandler;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a handler sees of the process that it lives in: the JDK, its tools included, and {@code io.nuclio}. Safe for many threads.
 *
 * <p>A handler's jar may bring {@code io.nuclio} along, as nuclio's builds do; the process's own is used, since both sides must mean
 * the same types.
 */
final class SdkClassLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader own = EventHandler.class.getClassLoader();
    private final Set<String> jdkPackages = jdkPackagesOf(own);

    SdkClassLoader() {
        super("nuclio-sdk", getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.startsWith("io.nuclio.") || jdkPackages.contains(packageOf(name))) {
            return own.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }

    private static String packageOf(String className) {
        return className.substring(0, Math.max(className.lastIndexOf('.'), 0));
    }

    /** Some of the JDK's modules (the compiler's, for one) are loaded by the application's loader, not by the platform's. */
    private static Set<String> jdkPackagesOf(ClassLoader own) {
        return ModuleLayer.boot().modules().stream()
                .filter(module ->
                        own.equals(module.getClassLoader()) && module.getName().startsWith("jdk."))
                .flatMap(module -> module.getPackages().stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
