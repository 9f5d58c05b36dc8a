package io.nucleon.platform.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nucleon.platform.Threads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rights of files aside, which are opened here on purpose: whom each end of the socket takes for its user. */
@Timeout(30)
class ControlSocketTest {
    /** Linux's nobody, who owns nothing. */
    private static final String FOREIGN = "65534";

    private static final String CLIENT = """
            import socket, sys
            with socket.socket(socket.AF_UNIX) as client:
                client.settimeout(20)
                client.connect(sys.argv[1])
                try:
                    client.sendall(b"list\\n")
                    print(client.recv(1000).decode().strip() or "nothing")
                except (BrokenPipeError, ConnectionResetError):
                    print("nothing")
            """;

    private static final String LISTENER = """
            import socket, sys
            with socket.socket(socket.AF_UNIX) as server:
                server.settimeout(20)
                server.bind(sys.argv[1])
                server.listen()
                print("listening", flush=True)
                client, _ = server.accept()
                client.settimeout(20)
                print(client.recv(1000).decode().strip() or "nothing", flush=True)
            """;

    @TempDir
    private Path folder;

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void openFolder() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private Path serve() throws Exception {
        Path socket = folder.resolve("control");
        CompletableFuture<Void> listening = new CompletableFuture<>();
        Threads.start("control-test", () -> {
            try {
                ControlSocket.serve(socket, new ControlSocket.Server() {
                    @Override
                    public void listening() {
                        listening.complete(null);
                    }

                    @Override
                    public String answer(String line) {
                        asked.add(line);
                        return "told " + line;
                    }

                    @Override
                    public void left() {}
                });
            } catch (IOException e) {
                listening.completeExceptionally(new UncheckedIOException(e));
            }
        });
        listening.get(10, TimeUnit.SECONDS);
        return socket;
    }

    private static Process foreign(String program, Path socket) throws IOException {
        boolean isRoot = Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        assumeTrue(isRoot && Files.isExecutable(Path.of("/usr/bin/setpriv")), "only root can be somebody else");
        return new ProcessBuilder(List.of(
                        "/usr/bin/setpriv",
                        "--reuid=" + FOREIGN,
                        "--regid=" + FOREIGN,
                        "--clear-groups",
                        "/usr/bin/python3",
                        "-c",
                        program,
                        socket.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void answersItsUser() throws Exception {
        Path socket = serve();

        assertThat(Files.getPosixFilePermissions(socket)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(ControlSocket.ask(socket, "list")).isEqualTo("told list");
    }

    @Test
    void answersNobodyElse() throws Exception {
        Path socket = serve();
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
        Process client = foreign(CLIENT, socket);

        try (BufferedReader out = client.inputReader()) {
            assertThat(out.readLine()).isEqualTo("nothing");
        } finally {
            client.destroyForcibly();
        }

        assertThat(asked).isEmpty();
        assertThat(ControlSocket.ask(socket, "list")).as("the next one").isEqualTo("told list");
    }

    @Test
    void asksNobodyElse() throws Exception {
        Path socket = folder.resolve("foreign");
        Process listener = foreign(LISTENER, socket);

        try (BufferedReader out = listener.inputReader()) {
            assertThat(out.readLine()).isEqualTo("listening");
            assertThatThrownBy(() -> ControlSocket.ask(socket, "deploy orders"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another user listens");
            assertThat(out.readLine()).as("what the listener got").isEqualTo("nothing");
        } finally {
            listener.destroyForcibly();
        }
    }
}
