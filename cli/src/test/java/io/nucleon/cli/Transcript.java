package io.nucleon.cli;

import io.nucleon.command.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A command line run in this process: what it was given, what it said. Times, ids of this machine and versions are masked. */
final class Transcript {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> env = new HashMap<>();
    private final Path folder;
    private byte[] piped;
    private boolean isTerminal;
    private Charset charset = StandardCharsets.UTF_8;
    private int exit = -1;

    private Transcript(Path folder) {
        this.folder = folder;
        env.put("HOME", folder.toString());
    }

    /** In a folder that is the user's home too. Output goes to a pipe; nothing is piped in. */
    static Transcript in(Path folder) {
        return new Transcript(folder);
    }

    Transcript with(String variable, String value) {
        env.put(variable, value);
        return this;
    }

    Transcript typed() {
        isTerminal = true;
        return this;
    }

    Transcript ascii() {
        charset = StandardCharsets.US_ASCII;
        return this;
    }

    Transcript piping(byte... bytes) {
        piped = bytes;
        return this;
    }

    Transcript run(String... words) {
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(piped == null ? new byte[0] : piped),
                piped == null,
                new PrintStream(out, false, charset),
                isTerminal,
                new PrintStream(err, false, charset),
                isTerminal,
                charset,
                env,
                folder);
        exit = new Cli(terminal).run(words);
        terminal.out().flush();
        terminal.err().flush();
        return this;
    }

    int exit() {
        return exit;
    }

    byte[] outBytes() {
        return out.toByteArray();
    }

    String out() {
        return masked(out.toString(charset));
    }

    String err() {
        return masked(err.toString(charset));
    }

    /** Both streams and the exit code, as the samples of a manual show them. */
    @Override
    public String toString() {
        return out() + err() + "exit " + exit + "\n";
    }

    private String masked(String text) {
        return text.replace(folder.toString(), "HOME")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT")
                .replaceAll(" in \\d+ ms", " in N ms")
                .replaceAll("200 OK · \\d+(\\.\\d+)? ms", "200 OK · N ms");
    }
}
