package io.nucleon.platform.local;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.MessageText;
import io.nucleon.error.NucleonException;
import io.nucleon.host.RunState;
import io.nucleon.host.UserFolders;
import io.nucleon.platform.Deployed;
import io.nucleon.platform.Threads;
import io.nucleon.platform.WallClock;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * The process that watches over the deployed functions of one user. Started by the first command that needs it, it brings back what was
 * deployed and ends with the last function. A guard starts it again if it is killed: {@link DaemonStart}.
 */
public final class Daemon {
    /** Variables that commands read as flags must not change how functions run, nor must settings files; these are none. */
    private static final List<String> KEPT_VARIABLES =
            List.of("NUCLEON_HOME", "NUCLEON_AOT", "NUCLEON_TEST_RUN", "NUCLEON_INSTALL");

    /** Set by the guard for one that follows a killed one, which nobody has asked for. */
    private static final String AGAIN = "NUCLEON_DAEMON_AGAIN";

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MOST_LOOKS = 250;

    private final Folders folders;
    private final HostProcess.Launch launch;
    private final ScheduledExecutorService timer = Threads.timer("later");
    private final Map<String, SupervisedFunction> functions = new ConcurrentHashMap<>();

    private volatile boolean ending;
    /** Whether it was asked for more than what there is. */
    private volatile boolean worked;

    private Daemon(Folders folders, List<String> command) {
        this.folders = folders;
        this.launch = new HostProcess.Launch(command, environment());
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>(System.getenv());
        environment.keySet().removeIf(name -> name.startsWith("NUCLEON_") && !KEPT_VARIABLES.contains(name));
        environment.put("NUCLEON_SETTINGS", "off");
        return environment;
    }

    /**
     * Runs until it is told to end.
     *
     * @param args the state folder, the folder of the socket, then the words that stand for {@code nucleon}
     */
    public static void main(String[] args) throws IOException {
        Folders folders = new Folders(Path.of(args[0]), Path.of(args[1]));
        UserFolders.makePrivate(folders.functions());
        UserFolders.makePrivate(folders.control().getParent());
        if (System.getenv(AGAIN) != null
                && FunctionStore.names(folders.functions()).isEmpty()) {
            return; // What a killed one served was deleted meanwhile.
        }
        FileLock lock = lock(folders);
        if (lock == null) {
            // Another one was first, and serves the same; who has started this one may ask that.
            awaitOther(folders);
            sayReady();
            return;
        }
        try {
            new Daemon(folders, Arrays.asList(args).subList(2, args.length)).run();
        } finally {
            // A lock that nobody refers to is given back.
            Reference.reachabilityFence(lock);
        }
    }

    private static FileLock lock(Folders folders) throws IOException {
        FileChannel file = FileChannel.open(folders.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = file.tryLock();
        if (lock == null) {
            file.close();
        }
        return lock;
    }

    /** It is starting. What it makes to be asked at can only be looked for. */
    private static void awaitOther(Folders folders) {
        for (int i = 0; i < MOST_LOOKS && !DaemonStart.answers(folders); i++) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private void run() throws IOException {
        Runtime.getRuntime().addShutdownHook(Threads.atEnd("end", this::endAll));
        for (String name : FunctionStore.names(folders.functions())) {
            SupervisedFunction function = function(name);
            Threads.start(name + "-start", function::start);
        }
        ControlSocket.serve(folders.control(), new ControlSocket.Server() {
            @Override
            public void listening() {
                sayReady();
            }

            @Override
            public String answer(String line) {
                return Daemon.this.answer(line);
            }

            @Override
            public void left() {
                if (ending || (worked && functions.isEmpty())) {
                    System.exit(0);
                }
            }
        });
    }

    /** To the command that has started it, which waits for this line; nobody else listens there. */
    private static void sayReady() {
        System.out.println("ready");
        System.out.flush();
    }

    private SupervisedFunction function(String name) {
        return functions.computeIfAbsent(
                name,
                key -> new SupervisedFunction(
                        FunctionStore.of(folders.functions(), key), launch, timer, new WallClock()));
    }

    private String answer(String line) {
        try {
            return ControlLine.Ask.of(line).map(this::answer).orElseThrow(() -> noQuestion(line));
        } catch (NucleonException e) {
            return MessageText.json(e.error());
        } catch (RuntimeException e) {
            return MessageText.json(ErrorMessage.of(
                    ErrorCode.INTERNAL, "the daemon of the local platform failed", "internal: " + e, ""));
        }
    }

    private static RuntimeException noQuestion(String line) {
        return ErrorMessage.of(
                        ErrorCode.DAEMON_UNREACHABLE,
                        "the daemon does not understand this command",
                        line.length() + " characters that are no question of its version",
                        "end it, so that the next command starts its own: kill the process of io.nucleon.platform.local.Daemon")
                .toException();
    }

    private String answer(ControlLine.Ask ask) {
        if (ask.verb() != ControlLine.Verb.LIST) {
            worked = true;
        }
        return ControlLine.answer(
                switch (ask.verb()) {
                    case DEPLOY -> List.of(deploy(ask));
                    case SUBMIT -> List.of(submit(ask));
                    case ROLLBACK -> List.of(rollback(ask));
                    case LIST -> list();
                    case DELETE -> delete(ask.function());
                    case END -> end();
                });
    }

    private Deployed deploy(ControlLine.Ask ask) {
        SupervisedFunction function = function(ask.function());
        int version = function.store().add(ask.built());
        try {
            return function.serve(version, ask.port(), ask.readiness(), ask.probe());
        } catch (RuntimeException e) {
            function.store().remove(version);
            if (!function.isDeployed()) {
                forget(function);
            }
            throw e;
        }
    }

    /** Whoever asked is gone when it is known how it ends: what is listed tells that. */
    private Deployed submit(ControlLine.Ask ask) {
        SupervisedFunction function = function(ask.function());
        int version = function.store().add(ask.built());
        function.store().found();
        return function.submit(version, ask.port(), ask.readiness(), ask.probe());
    }

    private Deployed rollback(ControlLine.Ask ask) {
        SupervisedFunction function = existing(ask.function());
        int version = ask.version() != 0 ? ask.version() : function.before().orElse(0);
        if (!function.store().versions().contains(version)) {
            String there =
                    function.store().versions().stream().map(String::valueOf).collect(Collectors.joining(", "));
            throw ErrorMessage.of(
                            ErrorCode.VERSION_MISSING,
                            "function '" + ask.function() + "' has no version "
                                    + (version == 0 ? "before the one that serves" : version),
                            "kept are: " + there,
                            "deploy the code again")
                    .toException();
        }
        return function.serve(version, 0, ask.readiness(), ask.probe());
    }

    private List<Deployed> list() {
        List<Deployed> all = new ArrayList<>();
        functions.values().stream()
                .filter(SupervisedFunction::isDeployed)
                .forEach(function -> all.add(function.shown()));
        all.sort(Comparator.comparing(Deployed::name));
        return all;
    }

    private List<Deployed> delete(String name) {
        SupervisedFunction function = existing(name);
        forget(function);
        return list();
    }

    private void forget(SupervisedFunction function) {
        functions.remove(function.store().name());
        function.end();
        function.store().removeAll();
    }

    private SupervisedFunction existing(String name) {
        SupervisedFunction function = RunState.isName(name) ? functions.get(name) : null;
        if (function == null) {
            throw LocalPlatform.notDeployed(
                    name, list().stream().map(Deployed::name).toList());
        }
        return function;
    }

    private List<Deployed> end() {
        ending = true;
        return List.of();
    }

    /** All at once: each has its own drain. */
    private void endAll() {
        List<Thread> ending = functions.values().stream()
                .map(one -> Threads.start(one.store().name() + "-end", one::end))
                .toList();
        try {
            for (Thread one : ending) {
                one.join();
            }
            Files.deleteIfExists(folders.control());
        } catch (IOException | InterruptedException e) {
            // The next daemon removes it.
            return;
        }
    }
}
