package io.nucleon.platform.local;

import io.nucleon.builder.TreeDigest;
import io.nucleon.builder.source.CodeTree;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NearestName;
import io.nucleon.host.ErrorJson;
import io.nucleon.host.UserFolders;
import io.nucleon.host.WorkerCount;
import io.nucleon.platform.BuildFolder;
import io.nucleon.platform.Deployed;
import io.nucleon.platform.Deployment;
import io.nucleon.platform.Platform;
import io.nucleon.spec.FunctionConfig;
import io.nucleon.spec.trigger.Trigger;
import io.nucleon.spec.yaml.ScalarNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Functions as processes of this machine: asks the user's daemon, which is started when it is needed. Safe for many threads. */
public final class LocalPlatform implements Platform {
    private final Folders folders;
    private final List<String> command;
    private final KeptDocuments imported;

    /**
     * The platform of a user.
     *
     * @param command words that stand for {@code nucleon}, with which functions are started
     */
    public LocalPlatform(UserFolders user, List<String> command) {
        this.folders = Folders.of(user);
        this.command = List.copyOf(command);
        this.imported = new KeptDocuments(folders.state().resolve("imported"));
    }

    @Override
    public Path buildFolder(String function) {
        try {
            return BuildFolder.in(folders.state(), function);
        } catch (IOException e) {
            throw FunctionStore.unusable(folders.state(), e);
        }
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public Deployed deploy(Deployment deployment, Consumer<String> log) {
        return deploy(ControlLine.Verb.DEPLOY, deployment);
    }

    /**
     * As {@link #deploy}, but returns when the daemon has taken over what was built. {@link #find} tells in its message how it goes on, and
     * why the version does not serve if it can't; then nothing else stays of it.
     *
     * @return what is there, with the number of the new version
     * @throws io.nucleon.error.NucleonException NUC-7xxx if the daemon can't take it over
     */
    public Deployed submit(Deployment deployment) {
        return deploy(ControlLine.Verb.SUBMIT, deployment);
    }

    private Deployed deploy(ControlLine.Verb verb, Deployment deployment) {
        FunctionConfig config = deployment.config();
        var ask = new ControlLine.Ask(
                verb,
                FunctionStore.of(folders.functions(), config.name()).name(),
                deployment.built().toAbsolutePath(),
                port(config),
                0,
                deployment.readiness(),
                deployment.probe());
        try {
            Deployed deployed = ask(ask).getFirst();
            if (verb == ControlLine.Verb.DEPLOY) {
                imported.remove(config.name());
            }
            return deployed;
        } finally {
            remove(deployment.built());
        }
    }

    private static void remove(Path built) {
        try {
            CodeTree.remove(built);
        } catch (IOException e) {
            throw FunctionStore.unusable(built, e);
        }
    }

    /** nuclio's attribute of the HTTP trigger; 0 for none. */
    private static int port(FunctionConfig config) {
        for (Trigger trigger : config.spec().httpTriggers()) {
            if (trigger.attributes().node().get("port").orElse(null) instanceof ScalarNode text
                    && text.text().matches("\\d{1,5}")) {
                return Integer.parseInt(text.text());
            }
        }
        return 0;
    }

    @Override
    public Deployed rollback(String function, int version, Consumer<String> log) {
        return ask(new ControlLine.Ask(
                        ControlLine.Verb.ROLLBACK, function, null, 0, version, Deployment.READINESS, Optional.empty()))
                .getFirst();
    }

    /** Functions that were imported and are not deployed: their documents, until they are. */
    public KeptDocuments imported() {
        return imported;
    }

    /** The projects that somebody has made; {@code default} needs none. */
    public KeptDocuments projects() {
        return new KeptDocuments(folders.state().resolve("projects"));
    }

    /** Requests by which functions are tried, as nuctl and a dashboard keep them. */
    public KeptDocuments functionEvents() {
        return new KeptDocuments(folders.state().resolve("function-events"));
    }

    /** Where the version that serves lies; nobody may change it. Empty if there is none. */
    public Optional<Path> served(String function) {
        FunctionStore store = FunctionStore.of(folders.functions(), function);
        return Optional.of(store.version(store.state().version())).filter(Files::isDirectory);
    }

    @Override
    public List<Deployed> list() {
        List<Deployed> all = new ArrayList<>(deployed());
        for (String name : imported.names()) {
            if (all.stream().noneMatch(one -> one.name().equals(name))) {
                imported.read(name).ifPresent(config -> all.add(imported(name, config)));
            }
        }
        all.sort(Comparator.comparing(Deployed::name));
        return all;
    }

    private Deployed imported(String name, String config) {
        return new Deployed(
                name, "imported", "", imported.writtenMillis(name), 0, List.of(), "", config, 0, WorkerCount.UNKNOWN);
    }

    /** No daemon is started to say that there is nothing. */
    private List<Deployed> deployed() {
        return FunctionStore.names(folders.functions()).isEmpty()
                ? List.of()
                : ask(ControlLine.Ask.of(ControlLine.Verb.LIST, ""));
    }

    @Override
    public Optional<Deployed> find(String function) {
        return list().stream().filter(one -> one.name().equals(function)).findFirst();
    }

    @Override
    public Optional<String> digest(String function) {
        FunctionStore store = FunctionStore.of(folders.functions(), function);
        Path version = store.version(store.state().version());
        try {
            return Files.isDirectory(version) ? Optional.of(TreeDigest.of(version)) : Optional.empty();
        } catch (IOException e) {
            throw FunctionStore.unusable(version, e);
        }
    }

    @Override
    public void delete(String function, boolean keepsJournal) {
        List<Deployed> deployed = deployed();
        boolean wasImported = imported.names().contains(function) && imported.remove(function);
        if (deployed.stream().noneMatch(one -> one.name().equals(function))) {
            if (wasImported) {
                return;
            }
            throw notDeployed(function, list().stream().map(Deployed::name).toList());
        }
        ask(ControlLine.Ask.of(ControlLine.Verb.DELETE, function));
        if (!keepsJournal) {
            remove(folders.journal(function));
        }
    }

    @Override
    public void logs(String function, int lines, Consumer<String> line) {
        FunctionStore store = FunctionStore.of(folders.functions(), function);
        List<String> names = FunctionStore.names(folders.functions());
        if (!names.contains(function)) {
            throw notDeployed(function, names);
        }
        try {
            RotatingLog.tail(store.logs(), lines, line);
        } catch (IOException e) {
            throw FunctionStore.unusable(store.logs(), e);
        }
    }

    /** Ends the daemon with all functions, which come back with the next one. */
    public void end() {
        try {
            ControlSocket.ask(
                    folders.control(),
                    ControlLine.Ask.of(ControlLine.Verb.END, "").toJson());
        } catch (IOException e) {
            // It has ended, which is what was wanted.
            return;
        }
    }

    private List<Deployed> ask(ControlLine.Ask ask) {
        String answer = send(ask.toJson());
        ErrorJson.read(answer).ifPresent(error -> {
            throw error.toException();
        });
        return ControlLine.functions(answer).orElseThrow(() -> unreachable("its answer can't be read", null));
    }

    private String send(String line) {
        if (Files.exists(folders.control())) {
            try {
                return ControlSocket.ask(folders.control(), line);
            } catch (IOException e) {
                // Left by one that was killed: its guard starts another one, or we do.
                return sendToNew(line);
            }
        }
        return sendToNew(line);
    }

    private String sendToNew(String line) {
        startUnlessThere();
        try {
            return ControlSocket.ask(folders.control(), line);
        } catch (IOException e) {
            throw unreachable(String.valueOf(e.getMessage()), e);
        }
    }

    private void startUnlessThere() {
        try {
            UserFolders.makePrivate(folders.startLock().getParent());
            try (FileChannel file =
                            FileChannel.open(folders.startLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = file.lock()) {
                if (!DaemonStart.answers(folders)) {
                    DaemonStart.start(folders, command);
                }
            }
        } catch (IOException e) {
            throw FunctionStore.unusable(folders.runtime(), e);
        }
    }

    private static RuntimeException unreachable(String why, Exception cause) {
        return ErrorMessage.of(
                        ErrorCode.DAEMON_UNREACHABLE,
                        "the daemon of the local platform doesn't answer",
                        why,
                        "try again; the next command starts it")
                .toException(cause);
    }

    static RuntimeException notDeployed(String function, List<String> names) {
        return ErrorMessage.of(
                        ErrorCode.FUNCTION_NOT_DEPLOYED,
                        "no function '" + function + "' is deployed here",
                        names.isEmpty()
                                ? "nothing is deployed on this machine"
                                : "deployed here: " + NearestName.list(names),
                        NearestName.to(function, names)
                                .map(near -> "did you mean '" + near + "'?")
                                .orElse("deploy it: nucleon deploy PATH"))
                .toException();
    }
}
