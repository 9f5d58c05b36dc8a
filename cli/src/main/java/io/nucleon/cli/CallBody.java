package io.nucleon.cli;

import io.nucleon.command.CallOptions;
import io.nucleon.command.Terminal;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.host.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The body of a call, read from where the flag says. The bytes are never changed. */
final class CallBody {
    static final CallBody NONE = new CallBody(new byte[0], "");

    private final byte[] bytes;
    private final String origin;

    CallBody(byte[] bytes, String origin) {
        this.bytes = bytes;
        this.origin = origin;
    }

    /** Not a copy. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return bytes.length;
    }

    /** How the user gave it, so that the call can be shown as one of curl: a text, {@code @FILE} or {@code @-}. */
    String origin() {
        return origin;
    }

    /** The text of {@code -b}, the file behind {@code @}, standard input for {@code -} or, if that is wanted, when something is piped in. */
    static CallBody of(CallOptions options, Terminal terminal, boolean takesPiped) {
        if (options.body().isEmpty()) {
            boolean takesNone = options.method()
                    .filter(method -> method.equalsIgnoreCase("GET") || method.equalsIgnoreCase("HEAD"))
                    .isPresent();
            return !takesPiped || terminal.inIsTerminal() || takesNone ? NONE : piped(terminal);
        }
        return read(options.body().get(), terminal);
    }

    /** What a flag says: a text, the file behind {@code @}, standard input for {@code -}. */
    static CallBody read(String body, Terminal terminal) {
        if (body.equals("-")) {
            return piped(terminal);
        }
        return body.startsWith("@") ? file(body, terminal) : new CallBody(body.getBytes(StandardCharsets.UTF_8), body);
    }

    /** What it most likely is: JSON if it is JSON, text if it is text; nothing for an empty body. */
    Optional<String> guessedType() {
        if (bytes.length == 0) {
            return Optional.empty();
        }
        return Optional.of(Utf8.text(bytes)
                .map(text -> JsonReader.isJson(text) ? "application/json" : "text/plain; charset=utf-8")
                .orElse("application/octet-stream"));
    }

    private static CallBody piped(Terminal terminal) {
        try {
            byte[] bytes = terminal.in().readAllBytes();
            return bytes.length == 0 ? NONE : new CallBody(bytes, "@-");
        } catch (IOException e) {
            throw unreadable("standard input", e.getMessage(), "");
        }
    }

    private static CallBody file(String flag, Terminal terminal) {
        Path file = terminal.folder().resolve(flag.substring(1));
        try {
            return new CallBody(Files.readAllBytes(file), flag);
        } catch (NoSuchFileException e) {
            throw unreadable(
                    "-b " + flag, "no such file", "see that the path is right; it counts from " + terminal.folder());
        } catch (IOException e) {
            String why = Files.isDirectory(file) ? "it is a folder" : String.valueOf(e.getMessage());
            throw unreadable("-b " + flag, why, "see that it is a file that you can read");
        }
    }

    private static RuntimeException unreadable(String what, String why, String fix) {
        return ErrorMessage.of(ErrorCode.FILE_UNREADABLE, what + " can't be read", why, fix)
                .toException();
    }
}
