package io.nucleon.platform.local;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.host.UserFolders;
import io.nucleon.os.Children;
import io.nucleon.os.Pipe;
import io.nucleon.os.ProgramStarter;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts the daemon in a session of its own, so that it outlives its command's terminal, below a guard: a shell that starts it again when it
 * was killed or crashed, and ends when it has ended in order (0, or 143 after SIGTERM). Stateless.
 */
final class DaemonStart {
    /** Its output goes to the command that started it, which is gone when the shell says that the daemon was killed. */
    private static final String GUARD = """
            trap '' PIPE
            while :; do
                "$@" && exit 0
                [ $? = 143 ] && exit 0
                exec >/dev/null 2>&1
                export NUCLEON_DAEMON_AGAIN=yes
                sleep 1
            done
            """;

    private DaemonStart() {}

    /** Starts one and waits until it listens. */
    static void start(Folders folders, List<String> command) {
        try {
            UserFolders.makePrivate(folders.runtime());
            Pipe out = Pipe.fromProgram();
            int nothing = Children.openToRead(Path.of("/dev/null"));
            try (ProgramStarter starter = new ProgramStarter(Path.of("/"))) {
                starter.start(guarded(folders, command), nothing, out.theirs(), out.theirs());
            } finally {
                out.closeTheirs();
                Children.close(nothing);
            }
            awaitReady(out);
        } catch (IOException e) {
            throw notStarted(String.valueOf(e.getMessage()));
        }
    }

    private static ProgramStarter.Program guarded(Folders folders, List<String> command) {
        List<String> words = new ArrayList<>(List.of("sh", "-c", GUARD, "nucleon-guard"));
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx96m",
                "-Xss512k",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Daemon.class.getName(),
                folders.state().toString(),
                folders.runtime().toString()));
        words.addAll(command);
        List<String> environment = System.getenv().entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .toList();
        return new ProgramStarter.Program("/bin/sh", words, environment);
    }

    /** Whether there is one already. */
    static boolean answers(Folders folders) {
        try {
            return !ControlSocket.ask(
                            folders.control(),
                            ControlLine.Ask.of(ControlLine.Verb.LIST, "").toJson())
                    .isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private static void awaitReady(Pipe out) throws IOException {
        FileInputStream opened = new FileInputStream("/proc/self/fd/" + out.ours());
        out.closeOurs();
        List<String> said = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(opened, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && said.size() < 20; line = lines.readLine()) {
                if (line.equals("ready")) {
                    return;
                }
                said.add(line);
            }
        }
        throw notStarted(String.join("\n  | ", said));
    }

    private static RuntimeException notStarted(String why) {
        return ErrorMessage.of(
                        ErrorCode.DAEMON_UNREACHABLE,
                        "the daemon of the local platform can't be started",
                        why,
                        "see that your runtime folder (XDG_RUNTIME_DIR, ~/.local/state) can be written to")
                .toException();
    }
}
