package io.nucleon.platform.docker;

import io.nucleon.builder.source.CodeTree;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Look;
import io.nucleon.error.NearestName;
import io.nucleon.platform.BuildFolder;
import io.nucleon.platform.Deployed;
import io.nucleon.platform.Deployment;
import io.nucleon.platform.Platform;
import io.nucleon.spec.FunctionConfig;
import io.nucleon.spec.FunctionReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Functions as containers of a Docker engine, by nuclio's names. Safe for many threads. */
public final class DockerPlatform implements Platform {
    /** function.yaml of a version, in its container. */
    static final Path CONFIG = Path.of("/etc/nuclio/config/processor/function.yaml");

    private static final int ERROR_RESTARTS = 3;

    private static final Pattern REMOTE = Pattern.compile("(?:tcp|https?|ssh)://(?:[^@/]*@)?([^:/]+).*");

    private final DockerSetting setting;
    private final Engine engine;

    /** The platform of an engine. Nothing is asked of that yet. */
    public DockerPlatform(DockerSetting setting) {
        this.setting = setting;
        this.engine = new Engine(setting.environment());
    }

    @Override
    public String name() {
        return "docker";
    }

    @Override
    public Path buildFolder(String function) {
        try {
            return BuildFolder.in(setting.folders().state(), function);
        } catch (IOException e) {
            throw DockerFunction.unusable(e);
        }
    }

    @Override
    public Deployed deploy(Deployment deployment, Consumer<String> log) {
        String function = deployment.config().name();
        try {
            return FunctionLock.hold(setting.folders(), function, () -> {
                DockerFunction made = new DockerFunction(setting, engine, function, log);
                made.deploy(deployment);
                return deployed(function, made.prune(Seen.all(engine, function)))
                        .orElseThrow(() -> notDeployed(function));
            });
        } finally {
            remove(deployment.built());
        }
    }

    @Override
    public Deployed rollback(String function, int version, Consumer<String> log) {
        return FunctionLock.hold(setting.folders(), function, () -> {
            FunctionConfig config = FunctionReader.read(shown(function).config(), "function.yaml")
                    .asFarAsRead();
            new DockerFunction(setting, engine, function, log).rollback(version, config);
            return shown(function);
        });
    }

    private Deployed shown(String function) {
        return find(function).orElseThrow(() -> notDeployed(function));
    }

    @Override
    public List<Deployed> list() {
        Map<String, List<Seen>> functions =
                Seen.all(engine, "").stream().collect(Collectors.groupingBy(one -> one.label(Seen.FUNCTION)));
        return functions.keySet().stream()
                .sorted()
                .map(name -> deployed(name, functions.get(name)))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public Optional<Deployed> find(String function) {
        return deployed(function, Seen.all(engine, function));
    }

    /** As it is; empty if no version of it was ever told to serve. */
    private Optional<Deployed> deployed(String name, List<Seen> all) {
        Optional<Seen> holder = all.stream().filter(Seen::isPort).findFirst();
        PortState state = holder.map(one -> state(engine, one)).orElse(PortState.NONE);
        Optional<Seen> server = version(all, state.serving());
        if (holder.isEmpty() || server.isEmpty()) {
            return Optional.empty();
        }
        Seen port = holder.get();
        Seen serving = server.get();
        boolean ready = port.isRunning() && serving.isRunning() && state.ready();
        return Optional.of(new Deployed(
                name,
                ready ? "ready" : serving.restarts() > ERROR_RESTARTS ? "error" : "unhealthy",
                ready ? "" : why(port, serving),
                port.isRunning() ? state.sinceMillis() : Math.max(state.sinceMillis(), port.finishedMillis()),
                serving.number(),
                all.stream().filter(Seen::isServer).map(Seen::number).toList(),
                url(port),
                copied(engine, serving, CONFIG, DockerPlatform::read).orElse(""),
                serving.restarts(),
                state.workers()));
    }

    /** The container of the version that serves. */
    private Optional<Seen> serving(String function) {
        List<Seen> all = Seen.all(engine, function);
        return all.stream()
                .filter(Seen::isPort)
                .findFirst()
                .flatMap(port -> version(all, state(engine, port).serving()));
    }

    private static Optional<Seen> version(List<Seen> all, String version) {
        return all.stream()
                .filter(one -> one.isServer() && one.version().equals(version))
                .findFirst();
    }

    private String why(Seen port, Seen serving) {
        if (!port.isRunning()) {
            return "the container " + port.name() + ", which holds its port, is " + port.status();
        }
        return Takeover.Told.by(engine, serving.id())
                .error()
                .map(ErrorMessage::line)
                .orElse(
                        serving.isRunning()
                                ? "it is being started"
                                : "its container is " + serving.status() + ", exit code " + serving.exit());
    }

    private String url(Seen port) {
        if (!Containers.takesRequests(port)) {
            return "";
        }
        if (port.publishedPort() == 0) {
            return port.address().isEmpty() ? "" : "http://" + port.address() + ":" + Containers.HTTP;
        }
        String host = port.publishedHost();
        boolean everywhere = host.isEmpty() || host.equals("0.0.0.0") || host.equals("::");
        String shown = everywhere ? engineHost() : host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return "http://" + shown + ":" + port.publishedPort();
    }

    private String engineHost() {
        String named = setting.environment()
                .getOrDefault("DOCKER_HOST", System.getenv().getOrDefault("DOCKER_HOST", ""));
        Matcher remote = REMOTE.matcher(named);
        return remote.matches() ? remote.group(1) : "127.0.0.1";
    }

    /** What the container with the port has left in its volume. */
    static PortState state(Engine engine, Seen port) {
        return copied(engine, port, PortHolder.STATE, PortState::read).orElse(PortState.NONE);
    }

    /** By a copy, which needs no program there and no container that runs. */
    private static <T> Optional<T> copied(Engine engine, Seen container, Path file, Function<Path, T> reader) {
        try {
            Path folder = Files.createTempDirectory("nucleon-docker");
            try {
                Path here = folder.resolve("copy");
                return engine.ask("cp", container.id() + ":" + file, here.toString())
                                        .isOk()
                                && Files.isRegularFile(here)
                        ? Optional.of(reader.apply(here))
                        : Optional.empty();
            } finally {
                CodeTree.remove(folder);
            }
        } catch (IOException e) {
            throw DockerFunction.unusable(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw DockerFunction.unusable(e);
        }
    }

    @Override
    public Optional<String> digest(String function) {
        return serving(function).map(one -> one.label(Seen.DIGEST));
    }

    @Override
    public void delete(String function, boolean keepsJournal) {
        FunctionLock.hold(setting.folders(), function, () -> {
            if (Seen.all(engine, function).isEmpty()) {
                throw notDeployed(function);
            }
            new DockerFunction(setting, engine, function, line -> {}).removeAll(keepsJournal);
            return null;
        });
    }

    @Override
    public void logs(String function, int lines, Consumer<String> line) {
        List<Seen> servers = new ArrayList<>(
                Seen.all(engine, function).stream().filter(Seen::isServer).toList());
        if (servers.isEmpty()) {
            throw notDeployed(function);
        }
        Collections.reverse(servers);
        List<List<String>> parts = new ArrayList<>();
        int wanted = lines;
        for (Seen server : servers) {
            List<String> part = new ArrayList<>();
            engine.listen(List.of("logs", "--tail", String.valueOf(wanted), server.id()), part::add);
            parts.add(part);
            wanted -= part.size();
            if (wanted <= 0) {
                break;
            }
        }
        Collections.reverse(parts);
        List<String> all = parts.stream().flatMap(List::stream).toList();
        all.subList(Math.max(0, all.size() - lines), all.size()).forEach(one -> line.accept(Look.harmless(one)));
    }

    /**
     * Gives lines of the version that serves, as they come, until its container ends.
     *
     * @throws io.nucleon.error.NucleonException NUC-7004 if there is no such function
     */
    public void follow(String function, Consumer<String> line) {
        Seen serving = serving(function).orElseThrow(() -> notDeployed(function));
        engine.listen(List.of("logs", "--follow", "--tail", "0", serving.id()), one -> line.accept(Look.harmless(one)));
    }

    private static void remove(Path built) {
        try {
            CodeTree.remove(built);
        } catch (IOException e) {
            throw DockerFunction.unusable(e);
        }
    }

    private RuntimeException notDeployed(String function) {
        List<String> names = Seen.all(engine, "").stream()
                .map(one -> one.label(Seen.FUNCTION))
                .distinct()
                .sorted()
                .toList();
        return ErrorMessage.of(
                        ErrorCode.FUNCTION_NOT_DEPLOYED,
                        "no function '" + function + "' is deployed in Docker",
                        names.isEmpty() ? "nothing is deployed there" : "deployed there: " + NearestName.list(names),
                        NearestName.to(function, names)
                                .map(near -> "did you mean '" + near + "'?")
                                .orElse("deploy it: nucleon deploy PATH --platform docker"))
                .toException();
    }
}
