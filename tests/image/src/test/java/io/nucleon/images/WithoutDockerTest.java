package io.nucleon.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.support.NucleonCommand.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a machine without Docker says when it is asked for one. */
@Timeout(120)
class WithoutDockerTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        Workshop.makeHome();
    }

    @ParameterizedTest
    @CsvSource({"scratch, --format, image", "docker:any, --format, image", "scratch, --image, mine"})
    void saysThatTheCommandIsMissing(String base, String flag, String value) throws IOException {
        Workshop workshop = new Workshop(folder, Map.of("PATH", folder.toString()));
        Function.SHELL.write(workshop, "echo");

        Ended built = workshop.build("echo", flag, value, "--base-image", base);

        assertThat(built.exit()).as(built.err()).isEqualTo(69);
        assertThat(built.err()).contains("error[NUC-7001]", "its command can't be started", "--format oci-tar");
    }

    @Test
    void hasNoAotCacheForAFolder() throws IOException {
        Workshop workshop = new Workshop(folder, Map.of());
        Function.SHELL.write(workshop, "echo");

        Ended built = workshop.build("echo", "--aot");

        assertThat(built.exit()).as(built.err()).isEqualTo(2);
        assertThat(built.err()).contains("--aot is for images");
        assertThat(folder.resolve("echo.built")).doesNotExist();
    }

    @Test
    void printsTheDockerfileAllTheSame() throws IOException {
        Workshop workshop = new Workshop(folder, Map.of("PATH", folder.toString()));
        Function.SHELL.write(workshop, "echo");

        Ended printed = workshop.build(
                "echo", "--print-dockerfile", "--base-image", "docker:any", "--build-command", "apt-get install -y jq");

        assertThat(printed.exit()).as(printed.err()).isZero();
        assertThat(printed.out())
                .startsWith("FROM any\n")
                .contains("RUN apt-get install -y jq\n", "COPY code/ /\n")
                .endsWith("CMD [\"processor\"]\n");
    }
}
