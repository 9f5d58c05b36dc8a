package io.nucleon.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nucleon.support.DebianImage;
import io.nucleon.support.DockerEngine;
import io.nucleon.support.NucleonCommand.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine that keeps its images in containerd takes none in part. Skipped where none can be had. */
class ContainerdStoreTest {
    private static final String IMAGE = "nuclio/processor-edited";
    private static final String ASK =
            "import urllib.request; print(urllib.request.urlopen('http://127.0.0.1:8080/', b'x').read().decode())";

    @TempDir
    Path folder;

    @Test
    @Timeout(300)
    void getsTheWholeOfAnEditedImageAndRunsIt() throws IOException {
        DockerEngine engine = DockerEngine.withContainerdStore();
        assumeTrue(engine.refusal().isEmpty(), engine.refusal());
        assertThat(engine.docker("info", "--format", "{{json .DriverStatus}}")).contains("io.containerd.snapshotter");
        Workshop.makeHome();
        Workshop workshop = new Workshop(folder, engine.environment());
        String base = "tar:" + DebianImage.file();

        Function.PYTHON.write(workshop, "edited");
        Ended first = workshop.build("edited", "--format", "image", "--base-image", base, "-v");
        workshop.write("edited/main.py", "def handler(context, event):\n    return 'edited'\n");
        Ended second = workshop.build("edited", "--format", "image", "--base-image", base, "-v");

        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(second.exit()).as(second.err()).isZero();
        assertThat(second.err()).contains("the engine wants all layers");
        // One that lacks something runs if its layers are unpacked already, but is not listed.
        assertThat(engine.docker("image", "ls", "--quiet", IMAGE)).isNotEmpty();
        String container = engine.docker(
                "run", "--detach", "--network=none", "--read-only", "--tmpfs=/tmp", "--shm-size=64m", IMAGE);
        await("health of the container")
                .atMost(Duration.ofSeconds(60))
                .until(() -> engine.docker("inspect", "--format", "{{.State.Health.Status}}", container)
                        .equals("healthy"));
        assertThat(engine.docker("exec", container, "python3", "-c", ASK)).isEqualTo("edited");
        engine.docker("rm", "--force", container);
    }
}
