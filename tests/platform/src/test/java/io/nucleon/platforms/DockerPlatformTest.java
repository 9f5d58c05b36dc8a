package io.nucleon.platforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nucleon.builder.BuildOrder;
import io.nucleon.builder.source.AddressRule;
import io.nucleon.builder.source.CodeLimits;
import io.nucleon.host.UserFolders;
import io.nucleon.platform.Deployed;
import io.nucleon.platform.Platform;
import io.nucleon.platform.docker.DockerPlatform;
import io.nucleon.platform.docker.DockerSetting;
import io.nucleon.spec.ReadOptions;
import io.nucleon.spec.platform.PlatformReader;
import io.nucleon.support.DebianImage;
import io.nucleon.support.DockerEngine;
import io.nucleon.support.FileTree;
import io.nucleon.support.ImageHome;
import io.nucleon.support.NucleonCommand;
import io.nucleon.support.NucleonCommand.Ended;
import io.nucleon.support.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The platform of containers, with a real engine. Skipped where none can be had. */
@Timeout(120)
class DockerPlatformTest extends PlatformContract {
    /** One image of a function stays, so that the engine has the layers which all of them share: they are loaded once and not for each test. */
    private static final String KEPT = "nucleon-tests/function";

    /** Holds the function's port. */
    private static final String PORT = "nuclio-nuclio-greeter";

    /** Thirty processors start here and live for seconds. */
    private static final String FLAGS =
            "env: [{name: NUCLEON_JAVA_FLAGS, value: '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC'}]";

    private static DockerEngine engine;
    private static String base;

    private Path temporary;
    private DockerPlatform platform;

    /** The base is made once a machine. */
    @BeforeAll
    @Timeout(400)
    static void startEngine() throws IOException {
        engine = DockerEngine.get();
        if (engine.refusal().isEmpty()) {
            ImageHome.complete(home());
            base = DebianImage.in(engine);
            DebianImage.keepPacked(cache().resolve("nucleon/builder"));
        }
    }

    private static Path home() {
        return Path.of(System.getProperty("nucleon.image.home"));
    }

    /** Of the user, in which commands and the platform have the builder's. */
    private static Path cache() {
        return home().resolveSibling("cache");
    }

    @Override
    Platform open() throws IOException {
        assumeTrue(engine.refusal().isEmpty(), engine.refusal());
        temporary = Files.createTempDirectory("nuc");
        // A container's user looks into it.
        Files.setPosixFilePermissions(sources, PosixFilePermissions.fromString("rwxr-xr-x"));
        platform = new DockerPlatform(new DockerSetting(
                engine.environment(),
                new BuildOrder.Tools(
                        home(),
                        Path.of(System.getProperty("java.home")),
                        cache().resolve("nucleon/builder"),
                        AddressRule.PUBLIC,
                        CodeLimits.DEFAULT,
                        ReadOptions.DEFAULT),
                new UserFolders(temporary.resolve("s"), temporary.resolve("r")),
                PlatformReader.defaults().value().local()));
        return platform;
    }

    @Override
    String spec() {
        return ", " + FLAGS + ", build: {baseImage: 'docker:" + base
                + "'}, volumes: [{volume: {name: s, hostPath: {path: '" + sources
                + "'}}, volumeMount: {name: s, mountPath: '" + sources + "'}}]";
    }

    @Override
    List<String> close() throws IOException {
        List<String> left = new ArrayList<>();
        if (temporary == null || !Files.exists(temporary)) {
            return left;
        }
        remove("container", lines("ps", "--all", "--quiet", "--filter", "label=io.nucleon.role"), left);
        remove("volume", lines("volume", "ls", "--quiet", "--filter", "name=nuclio-"), left);
        for (String function : List.of("greeter", "orders")) {
            List<String> images =
                    lines("image", "ls", "nuclio/processor-" + function, "--format", "{{.Repository}}:{{.Tag}}");
            if (!images.isEmpty() && lines("image", "ls", "--quiet", KEPT).isEmpty()) {
                engine.docker("tag", images.getFirst(), KEPT);
            }
            remove("image", images, left);
        }
        FileTree.delete(temporary);
        return left;
    }

    private static void remove(String kind, List<String> names, List<String> left) throws IOException {
        names.forEach(name -> left.add(kind + " " + name));
        if (!names.isEmpty()) {
            List<String> words = new ArrayList<>(List.of(kind, "rm", "--force"));
            words.addAll(names);
            engine.docker(words.toArray(String[]::new));
        }
    }

    private static List<String> lines(String... words) throws IOException {
        return engine.docker(words).lines().filter(line -> !line.isBlank()).toList();
    }

    @Override
    void killFunction(String name) throws IOException {
        List<String> running = lines("ps", "--quiet", "--filter", "label=io.nucleon.role=version");
        assertThat(running).hasSize(1);
        kill(running.getFirst());
    }

    @Override
    void killPlatform() throws IOException {
        kill(PORT);
    }

    /** From outside: what Docker itself kills it doesn't start again. */
    private static void kill(String container) throws IOException {
        long pid = Long.parseLong(engine.docker("inspect", "--format", "{{.State.Pid}}", container));
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        await("its end").atMost(SOON).until(() -> !process.isAlive());
    }

    private Ended command(String... words) throws IOException {
        Map<String, String> environment = new HashMap<>(engine.environment());
        environment.put("NUCLEON_HOME", home().toString());
        environment.put("XDG_CACHE_HOME", cache().toString());
        environment.put("XDG_STATE_HOME", temporary.resolve("state").toString());
        return NucleonCommand.run(sources, List.of(words), environment);
    }

    @Test
    void nuctlFindsWhatIsInDocker() throws IOException {
        platform.deploy(new Sources(sources, spec()).deployment("return 'one'", Optional.empty()), line -> {});

        Ended table = command("nuctl", "get", "functions", "--platform", "docker");
        assertThat(table.exit()).as(table.err()).isZero();
        assertThat(table.out()).contains("greeter", "ready");
        assertThat(command("nuctl", "get", "functions").out()).isEqualTo("No functions found\n");
        assertThat(command("list", "--platform", "docker").out()).contains("greeter\tready\tpython");
        assertThat(command("nuctl", "export", "function", "greeter", "--platform=docker")
                        .out())
                .contains("name: greeter", "runtime: python");
        Ended codeless = command("nuctl", "update", "function", "greeter", "--platform", "docker");
        assertThat(codeless.exit()).isEqualTo(1);
        assertThat(codeless.err()).contains("is in its image alone: name it by --path");
        Files.writeString(
                Files.createDirectory(sources.resolve("next")).resolve("main.py"),
                "def handler(context, event):\n    return 'two'\n");
        String base = "docker:" + DockerPlatformTest.base;
        Ended updated = command(
                "nuctl", "update", "function", "greeter", "--platform", "docker", "-p", "next", "--base-image", base);
        assertThat(updated.exit()).as(updated.err()).isZero();
        assertThat(Requests.get(platform.find("greeter").orElseThrow().url())).isEqualTo("two");
        Ended deleted = command("nuctl", "delete", "function", "greeter", "--platform", "docker");
        assertThat(deleted.exit()).as(deleted.err()).isZero();
        assertThat(platform.list()).isEmpty();
    }

    /** The page's block is a session: what it shows is what is said, but for numbers and the widths of columns. */
    @Test
    void saysWhatThePageShows() throws IOException {
        Path orders = Files.createDirectory(sources.resolve("orders"));
        Files.writeString(orders.resolve("main.py"), "def handler(context, event):\n    return 'one'\n");
        Files.writeString(
                orders.resolve("function.yaml"), "spec: {" + FLAGS + ", build: {baseImage: 'docker:" + base + "'}}\n");
        String shown = Files.readString(SourceTree.top().resolve("docs/deploy.md"));
        int from = shown.indexOf("$ nucleon deploy orders --platform docker\n");
        shown = shown.substring(from, shown.indexOf("```", from));

        StringBuilder said = new StringBuilder();
        for (String line : shown.lines().filter(one -> one.startsWith("$ ")).toList()) {
            Ended ended = command(line.substring("$ nucleon ".length()).split(" "));
            said.append(line).append('\n').append(ended.err()).append(ended.out());
        }

        assertThat(masked(said.toString())).isEqualTo(masked(shown));
    }

    private static String masked(String text) {
        return text.replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT")
                .replaceAll("\\d+\\.\\d s\\b", "N s")
                .replaceAll("\\d of \\d steps", "N of N steps")
                .replaceAll("\t+| {2,}", "  ");
    }

    @Test
    void startsItsJvmWithTheFunctionsFlagsAndAnArchiveOfClassesAndIsCheckedAtItsPort() throws IOException {
        platform.deploy(new Sources(sources, spec()).deployment("return 'one'", Optional.empty()), line -> {});

        String version = lines("ps", "--quiet", "--filter", "label=io.nucleon.role=version")
                .getFirst();
        assertThat(engine.docker("exec", version, "cat", "/proc/1/cmdline").split("\0"))
                .contains("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
        assertThat(engine.docker("exec", version, "cat", "/proc/1/maps")).contains("/jre/lib/server/classes.jsa");
        assertThat(lines("inspect", "--format", "{{if .State.Health}}checked{{else}}not{{end}}", version, PORT))
                .containsExactly("not", "checked");
    }

    @Test
    void comesBackWithTheEngine() throws IOException {
        assumeTrue(engine.isOurs(), "the machine's own engine is not killed");
        Deployed deployed =
                platform.deploy(new Sources(sources, spec()).deployment("return 'one'", Optional.empty()), line -> {});

        engine.kill();
        engine.startDaemon();

        await("an answer")
                .atMost(SOON.multipliedBy(2))
                .ignoreExceptions()
                .until(() -> Requests.get(deployed.url()).equals("one"));
        assertThat(platform.find("greeter").orElseThrow().url()).isEqualTo(deployed.url());
    }
}
