package io.nucleon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A function that runs nowhere is started as a process for one call. */
class StartedHostTest {
    @TempDir
    Path home;

    private Path folder;

    @BeforeEach
    void makeLauncher() throws IOException {
        Path launcher = home.resolve("nucleon/bin/nucleon");
        Files.createDirectories(launcher.getParent());
        Files.writeString(
                launcher,
                "#!/bin/sh\nexec '" + ProcessHandle.current().info().command().orElseThrow()
                        + "' -XX:+UseSerialGC -cp '" + System.getProperty("java.class.path")
                        + "' io.nucleon.cli.FakeHost \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void startsCallsAndStops() throws IOException {
        Transcript run = invoke("orders", "--repeat", "2");

        assertThat(run.out()).as(run.err()).isEqualTo("ok\nok\n");
        assertThat(run.exit()).isZero();
        assertThat(run.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("200 OK · N ms · started for this call in N ms"),
                        line -> assertThat(line).isEqualTo("200 OK · N ms · started for this call in N ms"),
                        line -> assertThat(line).isEqualTo("2 calls: 2 ok, 0 failed"));
        assertThat(folder.resolve("args")).hasContent("run --no-watch --port 0 -o json -- orders");
        assertThat(folder.resolve("stopped")).exists();
        assertThat(isAlive()).isFalse();
    }

    @Test
    void showsWhatTheHostSaysWithMoreWords() throws IOException {
        assertThat(invoke("orders", "-v").err()).startsWith("a note on standard error\n200 OK");
        assertThat(invoke("orders").err()).startsWith("200 OK");
    }

    @Test
    void showsTheHostsOwnError() throws IOException {
        assertThat(invoke("broken")).hasToString("""
                        error[NUC-4021]: main.py has no function 'handler'
                          do    did you mean 'handle'?
                                nucleon explain NUC-4021
                        exit 3
                        """);
    }

    @Test
    void saysHowAHostEndedThatSaidNothing() throws IOException {
        assertThat(invoke("dying")).hasToString("""
                        error[NUC-8007]: dying did not start for this call
                          why   its process ended with exit code 137 before it was ready
                                  | a note on standard error
                          do    nucleon run dying
                                nucleon explain NUC-8007
                        exit 5
                        """);
    }

    @Test
    void callsNoneOfSeveral() throws IOException {
        Transcript run = invoke("several");

        assertThat(run).hasToString("""
                        error[NUC-8001]: several holds 2 functions
                          why   they are: a, b
                          do    nucleon invoke several/a
                                nucleon explain NUC-8001
                        exit 2
                        """);
        assertThat(isAlive()).isFalse();
    }

    @Test
    void startsNothingToShowItAsCurl() throws IOException {
        assertThat(invoke("orders", "--curl").err()).startsWith("error[NUC-8002]: no function 'orders' runs here\n");
        assertThat(folder.resolve("args")).doesNotExist();
    }

    @Test
    void checksTheFlagsBeforeItStarts() throws IOException {
        assertThat(invoke("orders", "-H", "nonsense").exit()).isEqualTo(2);
        assertThat(folder.resolve("args")).doesNotExist();
    }

    private Transcript invoke(String name, String... flags) throws IOException {
        folder = Files.createDirectories(home.resolve(name));
        String[] words = new String[flags.length + 2];
        words[0] = "invoke";
        words[1] = name;
        System.arraycopy(flags, 0, words, 2, flags.length);
        return Transcript.in(home)
                .with("NUCLEON_HOME", home.resolve("nucleon").toString())
                .run(words);
    }

    private boolean isAlive() throws IOException {
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")));
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
