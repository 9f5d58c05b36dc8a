package io.nucleon.app;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where Nucleon is unpacked. */
final class Home {

    private Home() {}

    /** The folder that holds {@code wrappers/}; the launcher names it. */
    static Path folder() {
        Path home = Path.of(System.getProperty("nucleon.home", ""));
        if (!Files.isDirectory(home.resolve("wrappers"))) {
            throw ErrorMessage.of(
                            ErrorCode.INTERNAL,
                            "finding the wrappers failed",
                            "there is no folder wrappers in " + home.toAbsolutePath(),
                            "start through the nucleon command, or set -Dnucleon.home")
                    .toException();
        }
        return home.toAbsolutePath();
    }
}
