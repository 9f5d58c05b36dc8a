package io.nucleon.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long the cases of one kind take, kept in {@code target/times.txt}, a line each kind. Confined to one thread. */
public final class Times {

    private static final Path FILE = Path.of("target/times.txt");
    private static final Map<String, String> LINES = new ConcurrentHashMap<>();

    private final String kind;
    private int cases;
    private int processors;
    private long nanos;

    /** A test's body. */
    @FunctionalInterface
    public interface Body {
        void run() throws Throwable;
    }

    public Times(String kind) {
        this.kind = kind;
    }

    /** Runs a case. */
    public void ofCase(Body test) throws Throwable {
        cases++;
        run(test);
    }

    /** Runs what ends a processor. */
    public void ofEnd(Body test) throws Throwable {
        processors++;
        try {
            run(test);
        } finally {
            write();
        }
    }

    private void run(Body test) throws Throwable {
        long start = System.nanoTime();
        try {
            test.run();
        } finally {
            nanos += System.nanoTime() - start;
        }
    }

    private void write() {
        LINES.put(
                kind,
                String.format(
                        Locale.ROOT, "%-20s %4d cases, %3d processors %7.1f s", kind, cases, processors, nanos / 1e9));
        try {
            Files.writeString(
                    FILE,
                    String.join("\n", LINES.values().stream().sorted().toList()) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + FILE + " failed", e);
        }
    }
}
