package io.nucleon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.cli.Diagnosis.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SurroundingsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    Path home;

    @Test
    void tellsADockerThatAnswersFromOneThatDoesNot() throws IOException {
        assertThat(docker().text()).isEqualTo("docker not found");

        script("echo 27.5.1");
        assertThat(docker()).isEqualTo(new Check("docker", true, "docker 27.5.1", "", "", false));

        script("echo 'Cannot connect to the Docker daemon' >&2; exit 1");
        assertThat(docker().text()).isEqualTo("docker not running");
        assertThat(docker().code()).isEqualTo("NUC-7001");

        script("echo '<no value>'");
        assertThat(docker().text()).isEqualTo("docker not running");
    }

    @Test
    void saysThatNoClusterIsUsed() throws IOException {
        assertThat(cluster("").text()).isEqualTo("cluster not used, none is configured");

        Path config = Files.writeString(home.resolve("k3s.yaml"), "clusters: []\n");
        assertThat(cluster("/nowhere:" + config).text()).isEqualTo("cluster of " + config + " not used");
        assertThat(cluster("/nowhere").ok()).isTrue();
    }

    @Test
    void looksAtTheClock() {
        assertThat(Surroundings.clock("tsc", NOW).text()).isEqualTo("clock tsc");
        assertThat(Surroundings.clock("", NOW).text()).isEqualTo("clock");
        assertThat(Surroundings.clock("hpet", NOW).code()).isEqualTo("NUC-8014");
        assertThat(Surroundings.clock("tsc", Instant.EPOCH).text()).isEqualTo("clock is at 1970-01-01T00:00:00Z");
        assertThat(Surroundings.clock().name()).isEqualTo("clock");
    }

    private Check docker() {
        return Surroundings.docker(Map.of("PATH", home.toString()));
    }

    private Check cluster(String config) {
        return Surroundings.cluster(Map.of("HOME", home.toString(), "KUBECONFIG", config));
    }

    private void script(String says) throws IOException {
        Path file = Files.writeString(home.resolve("docker"), "#!/bin/sh\n" + says + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
