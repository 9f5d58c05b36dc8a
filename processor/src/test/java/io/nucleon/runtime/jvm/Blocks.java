package io.nucleon.runtime.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Ends the wait of {@link Sources#BLOCKS}. */
final class Blocks {

    private Blocks() {}

    /** The handler in {@code folder} goes on. */
    static void release(Path folder) {
        try {
            Files.write(folder.resolve("go"), new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
