package io.nucleon.cli;

import io.nucleon.command.Terminal;
import io.nucleon.host.HostUrls;
import io.nucleon.host.RunState;
import io.nucleon.host.RunStates;
import io.nucleon.host.UserFolders;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Uses the command as users do, while the JVM notes for the AOT cache which classes that takes. Started by the distribution's script
 * that makes the cache; says nothing and leaves nothing behind. Confined to the main thread, but for the function that answers.
 */
public final class AotTraining {
    private static final byte[] ANSWER = String.join(
                    "\r\n",
                    "HTTP/1.1 200 OK",
                    "Content-Length: 2",
                    "Connection: close",
                    "Server-Timing: queue;dur=0.01, handler;dur=0.35, transport;dur=0.08",
                    "X-Nucleon-Worker: 0",
                    "X-Nucleon-Event: 01J9Z6T4",
                    "",
                    "{}")
            .getBytes(StandardCharsets.US_ASCII);

    private AotTraining() {}

    /** Takes a folder that it may write to. */
    public static void main(String[] args) throws IOException {
        Path home = Path.of(args[0]);
        Terminal terminal = quiet(home);
        for (String line :
                new String[] {"", "version", "version -o json", "help run", "invoke -h", "explain 4021", "invok"}) {
            new Cli(terminal).run(line.isEmpty() ? new String[0] : line.split(" "));
        }
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Threads.start("nucleon-training", () -> answer(server));
            URI url = URI.create("http://127.0.0.1:" + server.getLocalPort());
            RunState state = RunState.ofThisProcess("training", url, HostUrls.NONE, RunStates.real(home));
            RunStates.Registration known = new RunStates(UserFolders.of(terminal.env())).publish(state);
            try {
                new Cli(terminal).run("invoke", state.name(), "-b", "{\"id\":7}");
                new Cli(terminal).run("invoke", state.name(), "-o", "json");
                new Cli(terminal).run("invoke", state.name(), "--curl");
            } finally {
                known.close();
            }
        }
        new Cli(terminal).run("invoke", "nowhere");
    }

    private static Terminal quiet(Path home) throws IOException {
        Path folder = Files.createDirectories(home);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Map<String, String> env = Map.of("HOME", folder.toString());
        return new Terminal(
                InputStream.nullInputStream(), true, nowhere, true, nowhere, true, StandardCharsets.UTF_8, env, folder);
    }

    private static void answer(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.getInputStream().read(new byte[ANSWER.length]);
                socket.getOutputStream().write(ANSWER);
            } catch (IOException e) {
                // The training is over, or its next part will say what is wrong.
                return;
            }
        }
    }
}
