package io.nucleon.kit;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.host.JsonReader;
import io.nucleon.runtime.process.ProcessRuntimeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The wrapper that a command line names, with its checker function. Immutable.
 *
 * @param shown for people
 * @param functions folder of the checker function
 */
public record CheckedWrapper(
        String shown,
        List<String> command,
        Map<String, String> environment,
        Path functions,
        String handler,
        String asyncHandler) {

    private static final String CHECKER = "checker.json";
    private static final String BESIDE = "checker";

    /**
     * Finds it. Either {@code folder}, which has a manifest, or {@code command} is there.
     *
     * @param here what relative paths count from
     * @throws io.nucleon.error.NucleonException NUC-8006 if a file is not there, NUC-4001 … if no interpreter is
     */
    public static CheckedWrapper find(
            Path here,
            Optional<String> folder,
            Optional<String> command,
            Optional<String> functions,
            Optional<Path> interpreter) {
        Path beside = functions
                .map(here::resolve)
                .or(() -> folder.map(one -> here.resolve(one).resolve(BESIDE)))
                .orElse(here)
                .toAbsolutePath()
                .normalize();
        if (command.isPresent()) {
            List<String> words = words(command.get()).stream()
                    .map(word -> absolute(here, word))
                    .toList();
            return of(command.get(), words, Map.of(), beside);
        }
        Path place = here.resolve(folder.orElseThrow()).toAbsolutePath().normalize();
        if (!ProcessRuntimeFactory.isWrapper(place)) {
            throw missing(
                    "no wrapper.json in " + folder.get(),
                    "it says how a wrapper is started",
                    "write one (PROTOCOL.md, Appendix A), or name the command: --wrapper CMD");
        }
        var started = ProcessRuntimeFactory.wrapperOf(place, interpreter.orElse(null));
        return of(folder.get(), started.getKey(), started.getValue(), beside);
    }

    private static CheckedWrapper of(
            String shown, List<String> command, Map<String, String> environment, Path functions) {
        Path file = functions.resolve(CHECKER);
        Map<String, Object> checker;
        try {
            checker = JsonReader.object(Files.readString(file))
                    .orElseThrow(() -> missing(file + " is no JSON object", "", "{\"handler\": \"main:handler\"}"));
        } catch (IOException e) {
            throw missing(
                    "no " + CHECKER + " in " + functions,
                    "it names the handler of the checker function, to which the kit sends its events",
                    "write a checker function (docs/how-to/add-a-language.md), or name its folder: --functions FOLDER");
        }
        return new CheckedWrapper(
                shown,
                command,
                environment,
                functions,
                text(checker, "handler", file),
                checker.containsKey("async") ? text(checker, "async", file) : "");
    }

    private static String text(Map<String, Object> checker, String key, Path file) {
        if (checker.get(key) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw missing(file + " has no text '" + key + "'", "", "{\"" + key + "\": \"main:handler\"}");
    }

    private static RuntimeException missing(String what, String why, String fix) {
        return ErrorMessage.of(ErrorCode.FILE_UNREADABLE, what, why, fix).toException();
    }

    /** A file of this folder by its full name, as the wrapper is started in another one; any other word as it is. */
    private static String absolute(Path here, String word) {
        return !word.isEmpty() && !word.startsWith("-") && Files.exists(here.resolve(word))
                ? here.resolve(word).toAbsolutePath().normalize().toString()
                : word;
    }

    /** The words of a command, as a shell splits them: blanks between, quotes and backslashes keep. */
    static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (quote == 0 && Character.isWhitespace(c)) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
                begun = true;
            } else if (c == quote) {
                quote = 0;
            } else {
                boolean escaped = c == '\\' && quote != '\'' && i + 1 < command.length();
                word.append(escaped ? command.charAt(++i) : c);
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }
}
