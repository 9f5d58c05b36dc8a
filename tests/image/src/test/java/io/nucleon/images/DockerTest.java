package io.nucleon.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nucleon.support.DebianImage;
import io.nucleon.support.DockerEngine;
import io.nucleon.support.NucleonCommand.Ended;
import io.nucleon.support.broker.ImageRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What tests of images share: an engine, a base to stand on, a registry, a folder for functions. Skipped where no engine can be had. */
@Timeout(120)
abstract class DockerTest {
    static final String NOBODY = "65532";

    private static final Pattern DIGEST = Pattern.compile("\"digest\":\"(sha256:[0-9a-f]{64})\"");

    static DockerEngine engine;
    static String base;
    static ImageRegistry registry;

    @TempDir
    Path folder;

    Workshop workshop;

    /** The base is made once a machine. */
    @BeforeAll
    @Timeout(400)
    static void start() throws IOException {
        engine = DockerEngine.get();
        if (engine.refusal().isEmpty()) {
            Workshop.makeHome();
            base = "docker:" + DebianImage.in(engine);
            registry = new ImageRegistry(false).start();
        }
    }

    @AfterAll
    static void end() throws IOException {
        if (registry != null) {
            registry.close();
        }
    }

    @BeforeEach
    void open() {
        assumeTrue(engine.refusal().isEmpty(), engine.refusal());
        workshop = new Workshop(folder, engine.environment());
    }

    /** Builds with the base and tells programs; must succeed. */
    final Ended build(String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--base-image", base, "-o", "json"));
        Ended built = workshop.build(all.toArray(String[]::new));
        assertThat(built.exit()).as(built.err()).isZero();
        return built;
    }

    static String digest(Ended built) {
        Matcher found = DIGEST.matcher(built.out());
        assertThat(found.find()).as(built.out()).isTrue();
        return found.group(1);
    }
}
