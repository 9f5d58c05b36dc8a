package io.nucleon.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.function.Executable;

/** How long a variant's cases take, kept in {@code target/times.txt}, a line each variant. Confined to one thread. */
final class Times {

    private static final Path FILE = Path.of("target/times.txt");
    private static final Map<String, String> LINES = new ConcurrentHashMap<>();

    private final Variant variant;
    private int cases;
    private int processors;
    private long nanos;

    Times(Variant variant) {
        this.variant = variant;
    }

    Variant variant() {
        return variant;
    }

    void ofCase(Executable test) throws Throwable {
        cases++;
        run(test);
    }

    /** The end of a processor. */
    void ofEnd(Executable test) throws Throwable {
        processors++;
        try {
            run(test);
        } finally {
            write();
        }
    }

    private void run(Executable test) throws Throwable {
        long start = System.nanoTime();
        try {
            test.execute();
        } finally {
            nanos += System.nanoTime() - start;
        }
    }

    private void write() {
        LINES.put(
                variant.word(),
                String.format(
                        Locale.ROOT,
                        "%-20s %4d cases, %3d processors %7.1f s",
                        variant.word(),
                        cases,
                        processors,
                        nanos / 1e9));
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
