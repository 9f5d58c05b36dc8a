package io.nucleon.cli;

import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.host.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code replay --edit}: a person changes events in the editor of the environment before they are sent. One event is shown over many lines,
 * several in a line each; a JSON body is shown as what it says, and sent as it was if nobody touched it. Confined to one command.
 */
final class EventEditor {
    private static final String BODY = "body";

    private final Terminal terminal;
    private final String function;
    /** Whether recorded answers are needed again. */
    private final boolean withAnswers;

    private final Map<Object, String> bodies = new HashMap<>();

    EventEditor(Terminal terminal, String function, boolean withAnswers) {
        this.terminal = terminal;
        this.function = function;
        this.withAnswers = withAnswers;
    }

    /**
     * What the editor leaves of the events, maybe none. Its file stays if that can't be used.
     *
     * @throws NucleonException NUC-8001 if there is no editor, NUC-8006 if it fails, NUC-8024 if it leaves no events
     */
    List<ReplayItem> edit(List<ReplayItem> items) {
        String editor = editor();
        try {
            // readable by its user alone, as what is made in the temporary folder is
            Path file = Files.createTempFile("nucleon-replay-", items.size() == 1 ? ".json" : ".ndjson");
            Files.writeString(file, text(items));
            int exit = run(editor, file);
            if (exit != 0) {
                throw unusable(ErrorCode.FILE_UNREADABLE, file, editor + " ended with exit code " + exit);
            }
            List<ReplayItem> edited = read(file, items);
            Files.delete(file);
            return edited;
        } catch (IOException e) {
            throw ErrorMessage.of(
                            ErrorCode.FILE_UNWRITABLE,
                            "the events can't be given to " + editor,
                            e.getClass().getSimpleName() + ": " + e.getMessage(),
                            "see that the temporary folder can be written to (java.io.tmpdir)")
                    .toException(e);
        }
    }

    /** As other programs choose it. */
    private String editor() {
        for (String name : List.of("VISUAL", "EDITOR")) {
            String named = terminal.env().getOrDefault(name, "");
            if (!named.isBlank()) {
                return named;
            }
        }
        if (!Question.canBeAsked(terminal) || !terminal.outIsTerminal()) {
            throw UsageError.error(
                    "--edit needs an editor",
                    "nobody types here, and neither VISUAL nor EDITOR names one that needs nobody",
                    "EDITOR='sed -i s/old/new/' nucleon replay " + function + " …");
        }
        return "vi";
    }

    private int run(String editor, Path file) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", editor + " \"$1\"", "sh", file.toString())
                .directory(terminal.folder().toFile())
                .inheritIO();
        builder.environment().putAll(terminal.env());
        Process process = builder.start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw unusable(ErrorCode.FILE_UNREADABLE, file, "the command was interrupted");
        }
    }

    private String text(List<ReplayItem> items) {
        StringBuilder text = new StringBuilder();
        for (ReplayItem item : items) {
            Map<String, Object> line = shown(item.line().get());
            text.append(items.size() == 1 ? JsonTree.lines(line) : JsonTree.text(line))
                    .append('\n');
        }
        return text.toString();
    }

    /** Without what follows from the rest. */
    private Map<String, Object> shown(Map<String, Object> line) {
        Map<String, Object> shown = new LinkedHashMap<>(line);
        shown.remove("source");
        if (!withAnswers) {
            shown.remove("answer");
        }
        if (shown.get(BODY) instanceof String body && EventInput.isTree(body)) {
            Object tree = JsonTree.value(body);
            bodies.putIfAbsent(tree, body);
            shown.put(BODY, tree);
        }
        return shown;
    }

    private List<ReplayItem> read(Path file, List<ReplayItem> before) {
        List<Map<String, Object>> lines;
        try {
            lines = EventInput.read(file);
        } catch (NucleonException e) {
            throw unusable(e.code(), file, e.error().why());
        }
        List<ReplayItem> items = new ArrayList<>();
        for (Map<String, Object> one : lines) {
            Map<String, Object> line = new LinkedHashMap<>(one);
            String untouched = bodies.get(line.get(BODY));
            if (untouched != null) {
                line.put(BODY, untouched);
            }
            ReplayItem item = ReplaySource.item(items.size() + 1, line);
            boolean isDead = before.stream()
                    .anyMatch(earlier -> earlier.isDead() && earlier.id().equals(item.id()));
            items.add(isDead ? item.ofDeadLetter() : item);
        }
        return items;
    }

    private RuntimeException unusable(ErrorCode code, Path file, String why) {
        return ErrorMessage.of(
                        code,
                        "no events can be read from " + file,
                        why + "; nothing was sent",
                        "mend it, then: nucleon replay " + file + " " + CurlLine.quoted(function))
                .toException();
    }
}
