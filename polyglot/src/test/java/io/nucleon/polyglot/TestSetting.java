package io.nucleon.polyglot;

import java.nio.file.Path;
import java.util.Map;

/** Settings for tests; the wrappers are those of the source tree. */
final class TestSetting {

    private TestSetting() {}

    static GuestSetting of(GuestLanguage language, Path directory) {
        return of(language, directory, GuestSetting.Files.RO);
    }

    static GuestSetting of(GuestLanguage language, Path directory, GuestSetting.Files files) {
        return new GuestSetting(
                language,
                "orders",
                top(),
                directory,
                Map.of("GRANTED", "yes"),
                files,
                GuestSetting.Network.NONE,
                0,
                256);
    }

    /** The source tree. */
    static Path top() {
        Path here = Path.of("").toAbsolutePath();
        while (!java.nio.file.Files.isDirectory(here.resolve("wrappers"))) {
            here = here.getParent();
        }
        return here;
    }
}
