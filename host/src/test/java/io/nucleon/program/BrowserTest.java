package io.nucleon.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowserTest {

    private static final URI PAGE = URI.create("http://127.0.0.1:8080/orders?a=1&b=2");

    @TempDir
    private Path folder;

    /** A program that notes what it was called with. */
    private Path program(String name, int exit) throws IOException {
        Path file = folder.resolve(name);
        String text = "#!/bin/sh\necho \"$@\" >> " + folder.resolve(name + ".calls") + "\nexit " + exit + "\n";
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file;
    }

    private String calls(String name) throws IOException {
        Path file = folder.resolve(name + ".calls");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private Optional<String> open(String... env) throws InterruptedException {
        Map<String, String> all = new HashMap<>(Map.of("PATH", folder.toString()));
        for (int i = 0; i < env.length; i += 2) {
            all.put(env[i], env[i + 1]);
        }
        return Browser.of(all).open(PAGE);
    }

    @Test
    void theDesktopsOpenerGetsThePage() throws Exception {
        program("xdg-open", 0);
        program("sensible-browser", 0);

        assertThat(open("DISPLAY", ":0")).isEmpty();

        assertThat(calls("xdg-open")).isEqualTo(PAGE + "\n");
        assertThat(calls("sensible-browser")).isEmpty();
    }

    @Test
    void theNextIsTakenWhereOneFails() throws Exception {
        program("xdg-open", 3);
        program("gio", 0);

        assertThat(open("WAYLAND_DISPLAY", "wayland-0")).isEmpty();

        assertThat(calls("gio")).isEqualTo("open " + PAGE + "\n");
    }

    @Test
    void theOneThatIsNamedComesBeforeAllOthersAndNeedsNoDisplay() throws Exception {
        program("xdg-open", 0);
        Path own = program("own", 0);

        assertThat(open("BROWSER", "missing:" + own + " --page=%s --quiet")).isEmpty();

        assertThat(calls("own")).isEqualTo("--page=" + PAGE + " --quiet\n");
        assertThat(calls("xdg-open")).isEmpty();
    }

    @Test
    void whyThereIsNone() throws Exception {
        assertThat(open()).contains("neither BROWSER nor a display is set (DISPLAY, WAYLAND_DISPLAY)");
        assertThat(open("DISPLAY", ":0"))
                .contains("none of xdg-open, wslview, gio, sensible-browser, x-www-browser is on PATH");
        program("xdg-open", 3);
        assertThat(open("DISPLAY", ":0")).contains("xdg-open ended with 3");
    }
}
