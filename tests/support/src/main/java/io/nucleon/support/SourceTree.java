package io.nucleon.support;

import java.nio.file.Files;
import java.nio.file.Path;

/** Places in the source tree. Stateless. */
public final class SourceTree {

    private static final Path TOP = find(Path.of("").toAbsolutePath());

    private SourceTree() {}

    /** The tree's top folder; Maven starts tests in their module's folder, an editor where it likes. */
    public static Path top() {
        return TOP;
    }

    /** The functions of that language that tests run. */
    public static Path functions(String language) {
        return TOP.resolve("tests/functions").resolve(language);
    }

    private static Path find(Path start) {
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("wrappers/protocol/PROTOCOL.md"))) {
                return folder;
            }
        }
        throw new IllegalStateException("no source tree around " + start);
    }
}
