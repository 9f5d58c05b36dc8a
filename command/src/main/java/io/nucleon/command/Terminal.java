package io.nucleon.command;

import io.nucleon.command.GlobalOptions.Colour;
import io.nucleon.error.Look;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command talks to: its three streams, which of them are terminals, environment and folder. Confined to the command's thread
 * but for the streams themselves.
 *
 * @param in standard input
 * @param inIsTerminal whether somebody types it
 * @param out the result
 * @param outIsTerminal whether somebody reads it
 * @param err progress, notes and errors
 * @param errIsTerminal whether somebody reads them
 * @param charset of both
 * @param env the environment
 * @param folder what relative paths count from
 */
public record Terminal(
        InputStream in,
        boolean inIsTerminal,
        PrintStream out,
        boolean outIsTerminal,
        PrintStream err,
        boolean errIsTerminal,
        Charset charset,
        Map<String, String> env,
        Path folder) {

    private static final int BUFFER_BYTES = 8192;

    /** That of this process. */
    public static Terminal ofProcess() {
        // The environment's encoding, whichever stream is a terminal: a pipe's reader lives in the same locale.
        Charset charset = Charset.forName(System.getProperty("native.encoding", "UTF-8"), StandardCharsets.UTF_8);
        return new Terminal(
                new FileInputStream(FileDescriptor.in),
                isTerminal(0),
                stream(FileDescriptor.out, charset),
                isTerminal(1),
                stream(FileDescriptor.err, charset),
                isTerminal(2),
                charset,
                System.getenv(),
                Path.of("").toAbsolutePath());
    }

    /** How the result is dressed. */
    public Look outLook(Colour colour) {
        return new Look(colours(colour, outIsTerminal), unicode());
    }

    /** How messages are dressed. */
    public Look errLook(Colour colour) {
        return new Look(colours(colour, errIsTerminal), unicode());
    }

    /** How many columns the result's reader has: of a terminal as COLUMNS says, which the launcher sets; elsewhere there is no end. */
    public int outColumns() {
        return columns(outIsTerminal);
    }

    /** How many columns the messages' reader has. */
    public int errColumns() {
        return columns(errIsTerminal);
    }

    private int columns(boolean isTerminal) {
        String told = env.getOrDefault("COLUMNS", "");
        boolean number = !told.isEmpty() && told.length() <= 4 && told.chars().allMatch(c -> c >= '0' && c <= '9');
        return isTerminal && number && Integer.parseInt(told) > 0 ? Integer.parseInt(told) : Integer.MAX_VALUE;
    }

    private boolean unicode() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    /** The flag first, then NO_COLOR and FORCE_COLOR as tools agreed on them, then whether anybody looks. */
    private boolean colours(Colour colour, boolean isTerminal) {
        return switch (colour) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> {
                if (!env.getOrDefault("NO_COLOR", "").isEmpty()) {
                    yield false;
                }
                String force = env.getOrDefault("FORCE_COLOR", "");
                yield force.isEmpty() ? isTerminal && !"dumb".equals(env.get("TERM")) : !force.equals("0");
            }
        };
    }

    private static PrintStream stream(FileDescriptor descriptor, Charset charset) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), BUFFER_BYTES), false, charset);
    }

    /** Without a native call: Linux tells what a descriptor is by a link. Elsewhere the JDK's console knows about both at once. */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return !Files.exists(Path.of("/proc/self")) && System.console().isTerminal();
        }
    }
}
