package io.nucleon.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nucleon.support.DebianImage;
import io.nucleon.support.NucleonCommand.Ended;
import io.nucleon.support.broker.ImageRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images in Docker and in registries: what is in them runs, wherever it came from, and what can't be done is said. */
class ImagesTest extends DockerTest {
    @ParameterizedTest
    @EnumSource
    void runsInDockerWhatWasBuiltForIt(Function function) throws IOException {
        String name = function.name().toLowerCase(Locale.ROOT);
        function.write(workshop, name);

        Ended built = workshop.build(name, "--format", "image", "--base-image", baseOf(function));

        assertThat(built.exit()).as(built.err()).isZero();
        try (Container container = Container.run(engine, "nuclio/processor-" + name)) {
            assertThat(container.awaitHealthy().post("hello")).isEqualTo("200 hello " + NOBODY);
        }
    }

    private static String baseOf(Function function) throws IOException {
        if (function != Function.DOTNET) {
            return base;
        }
        Optional<Path> dotnet = Workshop.dotnet();
        assumeTrue(dotnet.isPresent(), "no dotnet on PATH");
        Workshop.compileWrapper(dotnet.get());
        return "docker:" + DebianImage.withDotnet(engine, dotnet.get());
    }

    @Test
    void pushesWhatCanBePulledAndRun() throws IOException {
        Function.PYTHON.write(workshop, "pushed");

        Ended built = workshop.build(
                "pushed", "--format", "image", "-r", registry.host(), "--base-image", base, "-o", "json");

        assertThat(built.exit()).as(built.err()).isZero();
        String image = registry.host() + "/nuclio/processor-pushed@" + digest(built);
        engine.docker("pull", "--quiet", image);
        try (Container container = Container.run(engine, image)) {
            assertThat(container.awaitHealthy().post("far")).isEqualTo("200 far " + NOBODY);
        }
    }

    @Test
    void isTheSameWhenItIsBuiltAgain() throws IOException {
        Function.PYTHON.write(workshop, "same");
        Function.PYTHON.write(workshop, "elsewhere/same");

        Ended first = build("same", "--format", "image");
        Ended second = build("elsewhere/same", "--format", "image");
        Ended pushed = build("same", "--format", "image", "-r", registry.host());
        Ended again = build("elsewhere/same", "--format", "image", "-r", registry.host());

        assertThat(digest(second)).isEqualTo(digest(first));
        assertThat(engine.docker("image", "inspect", "--format", "{{.Id}}", "nuclio/processor-same"))
                .isEqualTo(digest(first));
        assertThat(digest(again)).isEqualTo(digest(pushed));
    }

    @Test
    void givesDockerOnlyTheLayersThatItLacks() throws IOException {
        Path kept = Files.createDirectory(folder.resolve("kept"));
        Function.PYTHON.write(workshop, "edited");
        build("edited", "--format", "image");
        workshop.write("edited/function.yaml", "spec: {build: {noCleanup: true, tempDir: '" + kept + "'}}\n")
                .write("edited/main.py", "def handler(context, event):\n    return 'edited'\n");

        build("edited", "--format", "image");

        try (Stream<Path> files = Files.walk(kept)) {
            Path tar = files.filter(file -> file.endsWith("image/image.tar"))
                    .findFirst()
                    .orElseThrow();
            assertThat(files(tar)).hasSize(3).contains("config.json", "manifest.json");
        }
        try (Container container = Container.run(engine, "nuclio/processor-edited")) {
            assertThat(container.awaitHealthy().post("x")).isEqualTo("200 edited");
        }
    }

    private static List<String> files(Path tar) throws IOException {
        List<String> names = new ArrayList<>();
        try (var in = new TarArchiveInputStream(Files.newInputStream(tar))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    @Test
    void checksItsHealthAsOftenAsTheFunctionSays() throws IOException {
        Function.PYTHON.write(workshop, "checked");
        workshop.write("checked/function.yaml", "spec: {platform: {attributes: {healthCheckInterval: 7s}}}\n");

        build("checked", "--format", "image");

        assertThat(engine.docker(
                        "image", "inspect", "--format", "{{json .Config.Healthcheck}}", "nuclio/processor-checked"))
                .contains("[\"CMD\",\"/usr/local/bin/uhttpc\",\"--url\",\"http://127.0.0.1:8082/ready\"]")
                .contains("\"Interval\":7000000000");
    }

    @Test
    void startsFromTheAotCacheThatWasAskedFor() throws IOException {
        Function.PYTHON.write(workshop, "quick");

        build("quick", "--format", "image", "--aot");

        try (Container container = Container.run(
                engine, "nuclio/processor-quick", "--env", "NUCLEON_JAVA_FLAGS=-Xlog:class+load:stdout")) {
            container.awaitHealthy();
            assertThat(container.logs().lines().filter(line -> line.contains("source: shared objects file")))
                    .hasSizeGreaterThan(3000)
                    .anyMatch(line -> line.contains(" io.nucleon."));
        }
    }

    @Test
    void logsInAsDockerDoesAndShowsNoPassword() throws IOException {
        try (ImageRegistry closed = new ImageRegistry(true).start()) {
            Function.PYTHON.write(workshop, "secret");
            String[] words = {"secret", "--format", "image", "-r", closed.host(), "--base-image", base, "-v"};

            Ended unknown = new Workshop(folder, login(closed, "nobody", "wrongwrong")).build(words);
            Ended known = new Workshop(folder, login(closed, ImageRegistry.USER, ImageRegistry.PASSWORD)).build(words);

            assertThat(unknown.exit()).as(unknown.err()).isEqualTo(69);
            assertThat(unknown.err()).contains("error[NUC-6009]", "docker login " + closed.host());
            assertThat(known.exit()).as(known.err()).isZero();
            assertThat(unknown.err() + unknown.out()).doesNotContain("wrongwrong", header("nobody", "wrongwrong"));
            assertThat(known.err() + known.out())
                    .doesNotContain(ImageRegistry.PASSWORD, header(ImageRegistry.USER, ImageRegistry.PASSWORD));
        }
    }

    @Test
    void tellsThatARegistryIsNotThere() throws IOException {
        Function.PYTHON.write(workshop, "lost");
        String gone;
        try (ImageRegistry ended = new ImageRegistry(false)) {
            gone = ended.host();
        }

        Ended built = workshop.build("lost", "--format", "image", "-r", gone, "--base-image", base);

        assertThat(built.exit()).as(built.err()).isEqualTo(69);
        assertThat(built.err()).contains("error[NUC-6009]", "Connection refused", "see that the registry " + gone);
    }

    @Test
    void tellsThatDockerDoesNotAnswer() throws IOException {
        Map<String, String> dead = Map.of("DOCKER_HOST", "unix://" + folder.resolve("none"));
        Function.PYTHON.write(workshop, "lonely");

        Ended built = new Workshop(folder, dead).build("lonely", "--format", "image", "--base-image", base);

        assertThat(built.exit()).as(built.err()).isEqualTo(69);
        assertThat(built.err())
                .contains("error[NUC-7001]", folder.resolve("none").toString());
    }

    @Test
    void tellsThatABaseIsNotThere() throws IOException {
        Function.PYTHON.write(workshop, "floating");

        Ended built = workshop.build("floating", "--format", "image", "--base-image", "docker:no/such:image");

        assertThat(built.exit()).as(built.err()).isEqualTo(69);
        assertThat(built.err()).contains("error[NUC-6007]", "No such image", "spec.build.baseImage");
    }

    /** The environment of one who is logged in. */
    private Map<String, String> login(ImageRegistry where, String user, String password) throws IOException {
        Path config = Files.createDirectories(folder.resolve("login-" + user));
        Files.writeString(
                config.resolve("config.json"),
                "{\"auths\":{\"" + where.host() + "\":{\"auth\":\"" + header(user, password) + "\"}}}");
        Map<String, String> environment = new HashMap<>(engine.environment());
        environment.put("DOCKER_CONFIG", config.toString());
        return environment;
    }

    private static String header(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
