package io.nucleon.cli;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.MessageText;
import io.nucleon.host.HostUrls;
import io.nucleon.host.ReadyLine;
import io.nucleon.host.WorkerCount;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Started by the test's launcher in place of a host: behaves as the name of the folder to serve says. */
final class FakeHost {
    private FakeHost() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[args.length - 1]).toAbsolutePath();
        Files.writeString(folder.resolve("args"), String.join(" ", args));
        Files.writeString(
                folder.resolve("pid"), String.valueOf(ProcessHandle.current().pid()));
        System.err.println("a note on standard error");
        switch (folder.getFileName().toString()) {
            case "broken" -> {
                System.err.println(MessageText.json(ErrorMessage.of(
                        ErrorCode.HANDLER_MISSING, "main.py has no function 'handler'", "", "did you mean 'handle'?")));
                System.exit(3);
            }
            case "dying" -> System.exit(137);
            case "several" -> {
                URI url = URI.create("http://127.0.0.1:1");
                System.out.println(new ReadyLine(
                                List.of(new ReadyLine.Function("a", url), new ReadyLine.Function("b", url)),
                                HostUrls.NONE,
                                WorkerCount.UNKNOWN,
                                1)
                        .toJson());
                System.in.read();
                Thread.currentThread().join();
            }
            default -> serve(folder);
        }
    }

    private static void serve(Path folder) throws IOException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                Files.writeString(folder.resolve("stopped"), "");
            } catch (IOException e) {
                Runtime.getRuntime().halt(1);
            }
        }));
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + server.getLocalPort());
            System.out.println("{\"kind\":\"noise\"}");
            System.out.println(
                    new ReadyLine(List.of(new ReadyLine.Function("orders", url)), HostUrls.NONE, WorkerCount.UNKNOWN, 1)
                            .toJson());
            while (true) {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().readNBytes("GET / HTTP/1.1\r\n".length());
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\nok\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().flush();
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes();
                }
            }
        }
    }
}
