package io.nucleon.platform.docker;

import io.nucleon.builder.BuildOrder;
import io.nucleon.builder.BuildReport;
import io.nucleon.builder.Builder;
import io.nucleon.builder.source.CodeTree;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.platform.Deployment;
import io.nucleon.platform.WallClock;
import io.nucleon.spec.FunctionConfig;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.NodeWriter;
import io.nucleon.spec.yaml.ScalarNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Makes and removes the containers of one function, while its lock is held. Confined to one call. */
final class DockerFunction {
    private static final int KEPT_VERSIONS = 5;

    /** More than the 10 s that a processor gives its open events. */
    private static final String LEAVE_SECONDS = "20";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final DockerSetting setting;
    private final Engine engine;
    private final String name;
    private final Consumer<String> log;

    DockerFunction(DockerSetting setting, Engine engine, String name, Consumer<String> log) {
        this.setting = setting;
        this.engine = engine;
        this.name = name;
        this.log = log;
    }

    /** Makes the next version serve; nothing of it stays if it can't. */
    void deploy(Deployment deployment) {
        Containers containers = Containers.of(deployment.config(), setting.local());
        List<Seen> before = Seen.all(engine, name);
        int number = before.stream().mapToInt(Seen::number).max().orElse(0) + 1;
        String version = "%d-%08x".formatted(number, RANDOM.nextInt());
        String image = Containers.image(name) + ":" + version;
        boolean isFirst = before.isEmpty();
        try {
            BuildReport report = pack(deployment, image);
            boolean rotates =
                    engine.must("info", "--format", "{{.LoggingDriver}}").equals(List.of("json-file"));
            Seen port = new PortPlace(engine, containers, log).ensure(before, image, rotates);
            String id = create(containers.serve(version, image, report.digest(), rotates));
            copyConfig(deployment.config(), containers, version);
            Takeover takeover = new Takeover(engine, name, port, containers.restart());
            takeover.run(new Takeover.Server(id, version), serving(before, port), deployment);
        } catch (RuntimeException e) {
            drop(containers.serverName(version), image);
            if (isFirst) {
                removeAll(false);
            }
            throw e;
        }
    }

    private BuildReport pack(Deployment deployment, String image) {
        BuildOrder order = new BuildOrder(
                deployment.config(),
                deployment.built(),
                new BuildOrder.Artifact(BuildOrder.Format.DOCKER, null, image),
                setting.tools());
        return new Builder(new WallClock(), setting.environment()).pack(order, deployment.built(), log);
    }

    /** The container's id. */
    private String create(List<String> words) {
        Engine.Answer answer = engine.ask(words);
        if (!answer.isOk()) {
            throw ErrorMessage.of(
                            ErrorCode.HOST_NOT_STARTED,
                            "the container of function '" + name + "' can't be made",
                            answer.complaint(),
                            "change what it names in function.yaml: resources, volumes, platform.attributes")
                    .toException();
        }
        return answer.line();
    }

    /** The whole configuration, secrets and all, which the image has not: by a copy, since the engine may be elsewhere. */
    private void copyConfig(FunctionConfig given, Containers containers, String version) {
        try {
            Path folder = Files.createTempDirectory("nucleon-config");
            try {
                write(
                        folder.resolve("processor.yaml"),
                        containers
                                .config()
                                .raw()
                                .withAt(ScalarNode.text(containers.namespace()), "metadata", "namespace"));
                write(folder.resolve(DockerPlatform.CONFIG.getFileName().toString()), given.raw());
                engine.must(
                        "cp", folder + "/.", containers.serverName(version) + ":" + DockerPlatform.CONFIG.getParent());
            } finally {
                CodeTree.remove(folder);
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** For whichever user the function runs as; nobody else sees into the container, or into the folder here. */
    private static void write(Path file, MapNode document) throws IOException {
        Files.writeString(
                file, NodeWriter.yaml(document.with("spec", document.map("spec").without("build"))));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    /** Makes an earlier version serve again. */
    void rollback(int number, FunctionConfig config) {
        List<Seen> all = Seen.all(engine, name);
        Seen port = all.stream().filter(Seen::isPort).findFirst().orElseThrow(() -> missing(all, number));
        Optional<Seen> serving = serving(all, port);
        int now = serving.map(Seen::number).orElse(Integer.MAX_VALUE);
        List<Seen> others = all.stream()
                .filter(Seen::isServer)
                .filter(one -> one.number() != now)
                .toList();
        Seen wanted = (number == 0
                        ? others.stream().filter(one -> one.number() < now).reduce((first, second) -> second)
                        : others.stream().filter(one -> one.number() == number).findFirst())
                .orElseThrow(() -> missing(all, number));
        if (!wanted.status().equals("exited") && !wanted.status().equals("created")) {
            // It still answers its last clients, and has taken back its promise to serve.
            engine.must("stop", "--time", LEAVE_SECONDS, wanted.id());
        }
        Containers containers = Containers.of(config, setting.local());
        new Takeover(engine, name, port, containers.restart())
                .run(
                        Takeover.Server.of(wanted),
                        serving,
                        new Deployment(config, Path.of("/"), Deployment.READINESS, Optional.empty()));
    }

    private RuntimeException missing(List<Seen> all, int number) {
        List<Integer> numbers =
                all.stream().filter(Seen::isServer).map(Seen::number).toList();
        return ErrorMessage.of(
                        ErrorCode.VERSION_MISSING,
                        "function '" + name + "' has no "
                                + (number == 0 ? "version before the one that serves" : "version " + number),
                        "there are: "
                                + String.join(
                                        ", ",
                                        numbers.stream().map(String::valueOf).toList()),
                        "name one of these: nucleon deploy " + name + " --rollback N")
                .toException();
    }

    private Optional<Seen> serving(List<Seen> all, Seen port) {
        if (all.stream().noneMatch(Seen::isServer)) {
            return Optional.empty();
        }
        String version = DockerPlatform.state(engine, port).serving();
        return all.stream()
                .filter(one -> one.isServer() && one.version().equals(version))
                .findFirst();
    }

    /** Removes the oldest ones beyond those that are kept; never one that runs. The others. */
    List<Seen> prune(List<Seen> all) {
        List<Seen> old =
                all.stream().filter(one -> one.isServer() && !one.isRunning()).toList();
        List<Seen> removed =
                old.stream().limit(Math.max(0, old.size() - KEPT_VERSIONS + 1)).toList();
        removed.forEach(one -> drop(one.id(), Containers.image(name) + ":" + one.version()));
        return all.stream().filter(one -> !removed.contains(one)).toList();
    }

    /** An image that the container with the port stands on stays until that goes. */
    private void drop(String container, String image) {
        engine.ask("rm", "--force", "--volumes", container);
        engine.ask("image", "rm", image);
    }

    /** Ends it when its open events are finished, and removes what there is of it. */
    void removeAll(boolean keepsJournal) {
        List<Seen> all = Seen.all(engine, name);
        askForAll(
                List.of("stop", "--time", LEAVE_SECONDS),
                all.stream()
                        .filter(one -> one.isServer()
                                && !one.status().equals("exited")
                                && !one.status().equals("created"))
                        .map(Seen::id));
        askForAll(List.of("rm", "--force", "--volumes"), all.stream().map(Seen::id));
        if (!keepsJournal) {
            all.stream().filter(Seen::isPort).forEach(port -> engine.ask("volume", "rm", "--force", port.name()));
        }
        String repository = Containers.image(name);
        askForAll(
                List.of("image", "rm"),
                engine.must("image", "ls", "--filter", "reference=" + repository, "--format", "{{.Tag}}").stream()
                        .filter(tag -> tag.matches("\\d+-[0-9a-f]{8}"))
                        .map(tag -> repository + ":" + tag));
    }

    /** In one call, which does what it can of it and much of that at once. */
    private void askForAll(List<String> words, Stream<String> names) {
        List<String> all = new ArrayList<>(words);
        names.forEach(all::add);
        if (all.size() > words.size()) {
            engine.ask(all);
        }
    }

    static RuntimeException unusable(IOException e) {
        return ErrorMessage.of(
                        ErrorCode.PLATFORM_STATE_UNUSABLE,
                        "a temporary folder can't be used",
                        e.getClass().getSimpleName() + ": " + e.getMessage(),
                        "see that the disk has room (java.io.tmpdir)")
                .toException(e);
    }
}
