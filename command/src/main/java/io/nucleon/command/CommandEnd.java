package io.nucleon.command;

import io.nucleon.command.GlobalOptions.Colour;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Look;
import io.nucleon.error.Look.Role;
import io.nucleon.error.MessageText;
import io.nucleon.error.NucleonException;
import io.nucleon.host.LastError;
import io.nucleon.host.UserFolders;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * How a command that failed ends: its messages on standard error, in JSON for programs, the last error remembered, the exit code of the
 * first. Stateless.
 *
 * <p>Works from the words as typed, since often it is these that could not be read.
 */
public final class CommandEnd {
    private CommandEnd() {}

    /** Shows an error; returns the exit code. */
    public static int fail(Terminal terminal, List<String> words, RuntimeException error) {
        NucleonException known = error instanceof NucleonException ours ? ours : internal(error);
        int exit = fail(terminal, words, List.of(known.error()));
        if (known.getCause() != null && isVerbose(words) && !wantsJson(terminal, words)) {
            terminal.err().print(trace(known.getCause()));
            terminal.err().flush();
        }
        return exit;
    }

    /** Shows errors, the first of them the one that counts; returns the exit code. */
    public static int fail(Terminal terminal, List<String> words, List<ErrorMessage> messages) {
        terminal.out().flush();
        if (wantsJson(terminal, words)) {
            messages.forEach(message -> terminal.err().println(MessageText.json(message)));
        } else {
            terminal.err().print(MessageText.terminal(messages, terminal.errLook(colour(terminal, words))));
        }
        terminal.err().flush();
        ErrorMessage first = messages.getFirst();
        if (first.code() != ErrorCode.PAGE_UNKNOWN) {
            // A wrong word behind 'explain' must not take the place of what was to be explained.
            new LastError(UserFolders.of(terminal.env())).remember(first);
        }
        return first.code().exit();
    }

    /** Warnings that keep nothing from going on, a line each; for programs as for other messages. */
    public static void warn(Terminal terminal, List<String> words, List<ErrorMessage> warnings) {
        if (warnings.isEmpty()) {
            return;
        }
        boolean json = wantsJson(terminal, words);
        Look look = terminal.errLook(colour(terminal, words));
        for (ErrorMessage warning : warnings) {
            String line = look.paint(Role.WARN, warning.severity().word()) + "["
                    + warning.code().code() + "]: " + look.symbols(Look.harmless(warning.reason()));
            terminal.err().println(json ? MessageText.json(warning) : line);
        }
        terminal.err().flush();
    }

    private static NucleonException internal(RuntimeException e) {
        return ErrorMessage.of(
                        ErrorCode.INTERNAL,
                        "nucleon itself failed; your function did nothing wrong",
                        "internal: " + e,
                        "run it again with -v and report what it prints")
                .with(trace(e))
                .toException(e);
    }

    private static boolean wantsJson(Terminal terminal, List<String> words) {
        return value(terminal, words, "-o", "output").matches("(?i)json|yaml");
    }

    private static Colour colour(Terminal terminal, List<String> words) {
        String value = value(terminal, words, "--color", "color");
        return value.equalsIgnoreCase("always")
                ? Colour.ALWAYS
                : value.equalsIgnoreCase("never") ? Colour.NEVER : Colour.AUTO;
    }

    /** The last value of a flag, else the one that is not typed, else nothing. */
    private static String value(Terminal terminal, List<String> words, String letter, String name) {
        String flag = "--" + name;
        String value = null;
        for (int i = 0; i < words.size() && !words.get(i).equals("--"); i++) {
            String word = words.get(i);
            if ((word.equals(letter) || word.equals(flag)) && i + 1 < words.size()) {
                value = words.get(++i);
            } else if (word.startsWith(flag + "=") || word.startsWith(letter + "=")) {
                value = word.substring(word.indexOf('=') + 1);
            }
        }
        return value == null ? FlagSources.written(terminal, name).orElse("") : value;
    }

    private static boolean isVerbose(List<String> words) {
        return words.contains("-v") || words.contains("-vv") || words.contains("--verbose");
    }

    private static String trace(Throwable cause) {
        StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
