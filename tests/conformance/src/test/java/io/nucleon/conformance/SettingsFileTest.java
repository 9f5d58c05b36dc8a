package io.nucleon.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.support.NucleonCommand;
import io.nucleon.support.NucleonCommand.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That the process which serves functions takes flags from settings files, as all commands do; one that runs in an image takes none. */
@Timeout(120)
class SettingsFileTest {
    @TempDir
    Path home;

    @Test
    void runTakesItsFlagsFromAFile() throws IOException {
        settings("run:\n  port: 70000\n");

        Ended ended = nucleon("on", "run", "nowhere");

        assertThat(ended.err())
                .contains("error[NUC-8015]: --port can't be '70000' (nucleon.yaml:2)\n  why   a port is 0 to 65535\n");
        assertThat(ended.exit()).isEqualTo(3);
        assertThat(nucleon("off", "run", "nowhere").err()).doesNotContain("70000");
    }

    @Test
    void theProcessorOfAnImageTakesNone() throws IOException {
        settings("no-such-flag: 1\n");

        assertThat(nucleon("on", "processor", "--config", "nowhere.yaml").err())
                .contains("nowhere.yaml")
                .doesNotContain("no-such-flag");
    }

    private Ended nucleon(String settings, String... words) throws IOException {
        return NucleonCommand.run(home, List.of(words), Map.of("NUCLEON_SETTINGS", settings, "HOME", home.toString()));
    }

    private void settings(String text) throws IOException {
        Path file = Files.writeString(home.resolve("nucleon.yaml"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
}
