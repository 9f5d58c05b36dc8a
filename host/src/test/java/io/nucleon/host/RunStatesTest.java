package io.nucleon.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunStatesTest {
    private static final URI URL = URI.create("http://127.0.0.1:8080/orders");
    private static final HostUrls HOST =
            new HostUrls("http://127.0.0.1:8081", "http://127.0.0.1:8082", "http://127.0.0.1:8090");

    @TempDir
    Path home;

    private UserFolders folders;
    private RunStates states;
    private Path file;

    @BeforeEach
    void setUp() {
        folders = UserFolders.of(Map.of("HOME", home.toString()));
        states = new RunStates(folders);
        file = home.resolve(".local/state/nucleon/run/orders.json");
    }

    private Path file(Path source) {
        return file.resolveSibling(UserFolders.ofFolder("orders", source) + ".json");
    }

    @Test
    void findsAFunctionByNameAndBySourceUntilItsRegistrationIsClosed() throws IOException {
        Path source = Files.createDirectories(home.resolve("code/orders"));
        RunState state = RunState.ofThisProcess("orders", URL, HOST, RunStates.real(source));

        try (RunStates.Registration open = states.publish(state)) {
            assertThat(open).isNotNull();
            assertThat(states.alive()).containsExactly(state);
            assertThat(states.named("orders", false)).containsExactly(state);
            assertThat(states.named("order", false)).isEmpty();
            assertThat(states.bySource(home.resolve("code/../code/orders"))).contains(state);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(source))))
                    .isEqualTo("rw-------");
        }

        assertThat(states.alive()).isEmpty();
        assertThat(file(source)).doesNotExist();
    }

    @Test
    void findsAFunctionThatTakesNoHttpAndOneThatIsDeployed() throws IOException {
        RunState silent = RunState.ofThisProcess("orders", Optional.empty(), HOST, home)
                .withControl(states.control(0))
                .asDeployed();

        try (RunStates.Registration open = states.publish(silent)) {
            assertThat(open).isNotNull();
            assertThat(states.named("orders", false)).containsExactly(silent);
        }
    }

    @Test
    void aFunctionThatSomebodyRunsAndADeployedOneShareAName() throws IOException {
        RunState run = RunState.ofThisProcess("orders", URL, HOST, home);
        RunState deployed =
                RunState.ofThisProcess("orders", Optional.empty(), HOST, home).asDeployed();
        RunStates.Registration later = states.publish(run);
        RunStates.Registration first = states.publish(deployed);

        assertThat(states.alive()).containsExactly(run, deployed);
        assertThat(states.named("orders", false)).containsExactly(run, deployed);
        assertThat(states.named("orders", true)).containsExactly(deployed, run);
        assertThat(file.resolveSibling("deployed/orders.json")).exists();

        later.close();
        assertThat(states.named("orders", false)).containsExactly(deployed);
        first.close();
        assertThat(states.alive()).isEmpty();
    }

    @Test
    void resolvesLinksBeforeItCompares() throws IOException {
        Path source = Files.createDirectories(home.resolve("orders"));
        Path link = Files.createSymbolicLink(home.resolve("link"), source);

        try (RunStates.Registration open =
                states.publish(RunState.ofThisProcess("orders", URL, HostUrls.NONE, RunStates.real(source)))) {
            assertThat(open).isNotNull();
            assertThat(states.bySource(link)).isPresent();
        }
    }

    @Test
    void forgetsAHostThatDiedWithoutAWord() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        states.publish(new RunState(
                "orders", Optional.of(URL), HostUrls.NONE, home, "", false, gone.pid(), new ProcessStart(0, 0)));
        Path control = Files.createFile(file.resolveSibling("control-" + gone.pid() + "-0"));
        Path own = Files.createFile(states.control(0));

        assertThat(states.alive()).isEmpty();
        assertThat(file(home)).doesNotExist();
        assertThat(control).doesNotExist();
        assertThat(own).exists();
    }

    @Test
    void doesNotTakeALaterProcessWithTheSameNumberForTheHost() throws IOException {
        ProcessStart start = ProcessStart.of(ProcessHandle.current());
        publish(new ProcessStart(start.millis(), start.ticks() + 1));
        assertThat(states.alive()).isEmpty();

        // where the system tells no count
        publish(new ProcessStart(start.millis() - 1000, 0));
        assertThat(states.alive()).isEmpty();
    }

    /** By a second or by hours, as when the machine's time comes from the network after its start. */
    @Test
    void knowsTheHostStillWhenTheClockWasSet() throws IOException {
        ProcessStart start = ProcessStart.of(ProcessHandle.current());
        publish(new ProcessStart(start.millis() - 1000, start.ticks()));

        assertThat(start.ticks()).isPositive();
        assertThat(states.alive()).hasSize(1);
    }

    private void publish(ProcessStart start) throws IOException {
        long pid = ProcessHandle.current().pid();
        states.publish(new RunState("orders", Optional.of(URL), HostUrls.NONE, home, "", false, pid, start));
    }

    @Test
    void findsThoseOfOneNameInSeveralFolders() throws IOException {
        Path a = Files.createDirectories(home.resolve("a/orders")).toRealPath();
        Path b = Files.createDirectories(home.resolve("b/orders")).toRealPath();
        RunState ofA = RunState.ofThisProcess("orders", URL, HostUrls.NONE, a);
        RunState ofB = RunState.ofThisProcess("orders", URL, HostUrls.NONE, b);
        RunStates.Registration first = states.publish(ofA);
        RunStates.Registration second = states.publish(ofB);

        assertThat(states.alive()).containsExactly(ofA, ofB);
        assertThat(states.bySource(a)).contains(ofA);
        assertThat(states.bySource(b)).contains(ofB);
        second.close();
        assertThat(states.named("orders", false)).containsExactly(ofA);
        first.close();
        assertThat(file.getParent()).isEmptyDirectory();
    }

    /** An earlier version wrote it. */
    @Test
    void findsOneWhoseFileHasItsNameAlone() throws IOException {
        RunState state = RunState.ofThisProcess("orders", URL, HostUrls.NONE, home);
        UserFolders.write(file, state.toJson() + "\n");

        assertThat(states.alive()).containsExactly(state);
    }

    /** A new host writes the file at each moment of the removal of the old one's. */
    @Test
    void leavesWhatANewHostWritesMeanwhile() throws Exception {
        RunState dead = new RunState(
                "orders",
                Optional.of(URL),
                HostUrls.NONE,
                home,
                "",
                false,
                ProcessHandle.current().pid(),
                new ProcessStart(0, 1));
        RunState next = RunState.ofThisProcess("orders", URL, HostUrls.NONE, home);
        for (int i = 0; i < 200; i++) {
            states.publish(dead);
            Thread looking = Thread.ofPlatform().start(() -> states.alive());
            RunStates.Registration open = states.publish(next);
            looking.join(10_000);
            assertThat(looking.isAlive()).isFalse();
            assertThat(states.alive()).as("round " + i).containsExactly(next);
            open.close();
        }
    }

    @Test
    void leavesTheFileOfTheHostThatTookOver() throws IOException {
        RunStates.Registration first = states.publish(RunState.ofThisProcess("orders", URL, HostUrls.NONE, home));
        RunState second = RunState.ofThisProcess("orders", URI.create("http://127.0.0.1:9090"), HostUrls.NONE, home);
        states.publish(second);

        first.close();

        assertThat(states.named("orders", false)).containsExactly(second);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"name\":\"orders\"}",
                "{\"name\":\"other\",\"url\":\"http://127.0.0.1:1\",\"source\":\"/x\",\"pid\":PID}",
                "{\"name\":\"orders\",\"url\":\"http://127.0.0.1\",\"source\":\"/x\",\"pid\":PID}",
                "{\"name\":\"orders\",\"url\":\"file:///etc/passwd\",\"source\":\"/x\",\"pid\":PID}",
                "{\"name\":\"orders\",\"url\":\"http://a:b@127.0.0.1:1\",\"source\":\"/x\",\"pid\":PID}",
                "{\"name\":\"orders\",\"url\":\"http://127.0.0.1:1 x\",\"source\":\"/x\",\"pid\":PID}",
                "{\"name\":\"orders\",\"url\":\"http://127.0.0.1:1\",\"source\":\"x\",\"pid\":PID}",
                "{\"name\":\"orders\",\"url\":\"http://127.0.0.1:1\",\"source\":\"/x\",\"pid\":-1}"
            })
    void ignoresWhatNoHostWrites(String json) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(
                file, json.replace("PID", String.valueOf(ProcessHandle.current().pid())));

        assertThat(states.alive()).isEmpty();
    }

    @Test
    void believesNothingInAFolderThatOthersCanWriteTo() throws IOException {
        states.publish(RunState.ofThisProcess("orders", URL, HostUrls.NONE, home));
        assertThat(states.alive()).hasSize(1);

        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(states.alive()).isEmpty();
    }

    @Test
    void looksInBothFoldersAndPrefersTheRuntimeOne() throws IOException {
        Path runtime = Files.createDirectories(home.resolve("runtime"));
        UserFolders both = UserFolders.of(Map.of("HOME", home.toString(), "XDG_RUNTIME_DIR", runtime.toString()));
        states.publish(RunState.ofThisProcess("orders", URL, HostUrls.NONE, home));
        new RunStates(both).publish(RunState.ofThisProcess("score", URL, HostUrls.NONE, home));

        assertThat(new RunStates(both).alive()).extracting(RunState::name).containsExactly("orders", "score");
        assertThat(runtime.resolve("nucleon/run/" + UserFolders.ofFolder("score", home) + ".json"))
                .exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../x", "a/b", "a\\b", ".hidden", "é"})
    void publishesNoNameThatIsNoFile(String name) {
        assertThatThrownBy(() -> states.publish(RunState.ofThisProcess(name, URL, HostUrls.NONE, home)))
                .isInstanceOf(IOException.class);
    }
}
