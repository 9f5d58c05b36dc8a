package io.nucleon.platforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nucleon.host.RunState;
import io.nucleon.host.RunStates;
import io.nucleon.host.UserFolders;
import io.nucleon.platform.Deployed;
import io.nucleon.platform.Platform;
import io.nucleon.platform.local.LocalPlatform;
import io.nucleon.support.FileTree;
import io.nucleon.support.NucleonCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The platform of processes, with a daemon and hosts as users have them. */
class LocalPlatformTest extends PlatformContract {
    private Path temporary;
    private UserFolders folders;
    private LocalPlatform platform;

    @Override
    Platform open() throws IOException {
        // Short: a socket's path may have 107 characters.
        temporary = Files.createTempDirectory("nuc");
        folders = new UserFolders(temporary.resolve("s"), temporary.resolve("r"));
        platform = new LocalPlatform(folders, command());
        return platform;
    }

    private List<String> command() {
        ProcessBuilder builder = NucleonCommand.builder(temporary, List.of(), Map.of());
        List<String> command = new ArrayList<>(List.of("/usr/bin/env"));
        for (String name : List.of("XDG_STATE_HOME", "XDG_RUNTIME_DIR", "TMPDIR", "PYTHONDONTWRITEBYTECODE")) {
            command.add(name + "=" + builder.environment().get(name));
        }
        command.addAll(builder.command());
        return command;
    }

    @Override
    List<String> close() throws IOException {
        List<String> left = new ArrayList<>();
        if (!Files.exists(temporary)) {
            return left;
        }
        platform.end();
        await("the end of all processes")
                .atMost(SOON)
                .until(() -> processes("").findAny().isEmpty());
        try (Stream<Path> files = Files.walk(temporary)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".lock"))
                    .map(file -> "file " + file)
                    .forEach(left::add);
        }
        FileTree.delete(temporary);
        return left;
    }

    @Override
    void killFunction(String name) {
        long pid = hosted(name).orElseThrow().pid();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    private Optional<RunState> hosted(String name) {
        return new RunStates(UserFolders.of(
                        Map.of("XDG_RUNTIME_DIR", temporary.toString(), "XDG_STATE_HOME", temporary.toString())))
                .named(name, true).stream().findFirst();
    }

    @Override
    void killPlatform() {
        ProcessHandle daemon = daemon().orElseThrow();
        daemon.destroyForcibly();
        daemon.onExit().join();
    }

    private Optional<ProcessHandle> daemon() {
        return processes("io.nucleon.platform.local.Daemon")
                .filter(one -> one.info().command().orElse("").endsWith("java"))
                .findFirst();
    }

    /** Those that were started for this test and are no zombies, with that word in their command line. */
    private Stream<ProcessHandle> processes(String word) {
        return ProcessHandle.allProcesses().filter(one -> {
            try {
                String line = Files.readString(
                        Path.of("/proc/" + one.pid() + "/cmdline"), java.nio.charset.StandardCharsets.ISO_8859_1);
                return line.contains(temporary.toString()) && line.contains(word);
            } catch (IOException e) {
                return false;
            }
        });
    }

    @Test
    void listensForItsUserAlone() throws IOException {
        platform.deploy(new Sources(sources).deployment("return 'one'", Optional.empty()), line -> {});

        Path socket = folders.runtime().resolve("platform/control");
        assertThat(Files.getPosixFilePermissions(socket)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(socket.getParent()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(folders.state().resolve("functions/greeter")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void startsNoDaemonToSayThatNothingIsDeployed() {
        assertThat(platform.list()).isEmpty();
        assertThatThrownBy(() -> platform.delete("nobody", false)).hasMessageContaining("NUC-7004");

        assertThat(daemon()).isEmpty();
    }

    @Test
    void endsItsDaemonWithTheLastFunction() throws IOException {
        platform.deploy(new Sources(sources).deployment("return 'one'", Optional.empty()), line -> {});

        platform.delete("greeter", false);

        await("the daemon's end").atMost(SOON).until(() -> daemon().isEmpty());
    }

    @Test
    void bringsFunctionsBackAfterARestartOfTheMachine() throws IOException {
        var deployed = platform.deploy(new Sources(sources).deployment("return 'one'", Optional.empty()), line -> {});
        platform.end();
        await("the end of all processes")
                .atMost(SOON)
                .until(() -> processes("").findAny().isEmpty());

        assertThat(platform.list()).hasSize(1);

        await("an answer")
                .atMost(SOON)
                .ignoreExceptions()
                .until(() -> Requests.get(deployed.url()).equals("one"));
    }

    /** Also when the daemon that saw it is gone. */
    @Test
    void tellsWhyAFirstVersionThatNobodyWaitedForDoesNotServe() throws IOException {
        platform.submit(new Sources(sources).deployment("return ]", Optional.empty()));

        await("why it does not serve")
                .atMost(SOON)
                .until(() -> platform.find("greeter").orElseThrow().state().equals("error"));
        killPlatform();
        assertThat(platform.find("greeter").orElseThrow())
                .returns("error", Deployed::state)
                .returns(0, Deployed::version)
                .returns(List.of(), Deployed::versions)
                .extracting(Deployed::message)
                .asString()
                .contains("version 1 does not serve: NUC-4022");
        platform.delete("greeter", false);
        assertThat(platform.list()).isEmpty();
    }

    @Test
    void letsTheLatestOfVersionsThatNobodyWaitedForServe() throws IOException {
        Sources functions = new Sources(sources);
        platform.deploy(functions.deployment("return 'one'", Optional.empty()), line -> {});
        platform.submit(functions.deployment("return 'two'", Optional.empty()));
        assertThat(platform.submit(functions.deployment("return 'three'", Optional.empty()))
                        .version())
                .isEqualTo(3);

        await("the last one").atMost(SOON).until(() -> {
            Deployed shown = platform.find("greeter").orElseThrow();
            return shown.version() == 3 && shown.message().isEmpty();
        });
        assertThat(Requests.get(platform.find("greeter").orElseThrow().url())).isEqualTo("three");
    }

    /** Connections wait in the kernel while there is no process to take them. */
    @Test
    void refusesNoConnectionWhileAFunctionIsStartedAgain() throws IOException {
        var deployed = platform.deploy(new Sources(sources).deployment("return 'one'", Optional.empty()), line -> {});

        killFunction("greeter");

        ProcessHandle.of(hosted("greeter").map(RunState::pid).orElse(-1L))
                .ifPresent(one -> one.onExit().join());
        assertThat(Requests.get(deployed.url())).isEqualTo("one");
    }
}
