package io.nucleon.cli;

import io.nucleon.host.HostUrls;
import io.nucleon.host.RunState;
import io.nucleon.host.RunStates;
import io.nucleon.host.UserFolders;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The control socket of a function that is known to run; answers each question with the next of its texts. */
final class ScriptedControl implements AutoCloseable {

    private final Path folder;
    private final ServerSocketChannel server;
    private final RunStates.Registration registration;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> questions = new LinkedBlockingQueue<>();

    /** Known under that name to commands whose home is the folder. */
    ScriptedControl(String name, Path home) throws IOException {
        this(name, home, false);
    }

    /** @param deployed whether a platform runs it */
    ScriptedControl(String name, Path home, boolean deployed) throws IOException {
        // short: a socket's path has 107 characters at most
        folder = Files.createTempDirectory("nuc");
        Path socket = folder.resolve("s");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        RunState state = RunState.ofThisProcess(name, Optional.empty(), HostUrls.NONE, home)
                .withControl(socket);
        registration = new RunStates(UserFolders.of(Map.of("HOME", home.toString())))
                .publish(deployed ? state.asDeployed() : state);
        Thread.ofPlatform().daemon().name("scripted-control").start(this::serve);
    }

    /** The next answer, without its last line end. */
    ScriptedControl answers(String text) {
        answers.add(text);
        return this;
    }

    /** What was asked next. */
    String question() throws InterruptedException {
        return questions.poll(10, TimeUnit.SECONDS);
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                String line = new BufferedReader(
                                new InputStreamReader(Channels.newInputStream(client), StandardCharsets.UTF_8))
                        .readLine();
                if (line != null) {
                    questions.add(line);
                    Channels.newOutputStream(client).write((answers.take() + "\n").getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                // closed, or the command has gone
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        registration.close();
        server.close();
        Files.deleteIfExists(folder.resolve("s"));
        Files.delete(folder);
    }
}
