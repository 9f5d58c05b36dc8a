package io.nucleon.cli;

import io.nucleon.command.Terminal;
import io.nucleon.host.JsonReader;
import io.nucleon.host.UserFolders;
import io.nucleon.journal.EventJson;
import io.nucleon.platform.WallClock;
import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The events behind log lines, as the journals of their functions have them. Confined to one command. */
final class LoggedEvents {
    private final UserFolders folders;
    private final Map<String, Map<String, RecordedRows.Row>> recorded = new HashMap<>();

    LoggedEvents(UserFolders folders) {
        this.folders = folders;
    }

    /** Whether the event of a line has failed; a line without an event has none. */
    boolean isFailed(Map<String, Object> line) {
        RecordedRows.Row row = rows(JsonReader.text(line, "function")).get(JsonReader.text(line, "event"));
        return row != null && row.isFailed();
    }

    /** Read once: what comes later belongs to the next command. */
    private Map<String, RecordedRows.Row> rows(String function) {
        return recorded.computeIfAbsent(
                function,
                name -> RecordedRows.of(events(name).journal()).stream()
                        .collect(Collectors.toMap(row -> row.id, Function.identity())));
    }

    private FunctionEvents events(String function) {
        return FunctionEvents.of(function, folders, null, new WallClock());
    }

    /**
     * Writes the events of lines that are recorded, each once, and says how many are.
     *
     * @throws io.nucleon.error.NucleonException if the file can't be written, or is there and {@code replaces} is not set
     */
    void save(List<Map<String, Object>> lines, String file, boolean replaces, Terminal terminal) {
        Map<String, Set<String>> named = new LinkedHashMap<>();
        for (Map<String, Object> line : lines) {
            String event = JsonReader.text(line, "event");
            if (!event.isEmpty()) {
                named.computeIfAbsent(JsonReader.text(line, "function"), name -> new LinkedHashSet<>())
                        .add(event);
            }
        }
        int saved = 0;
        int missing = 0;
        try (Writer out = Recordings.open(terminal, file, replaces)) {
            for (Map.Entry<String, Set<String>> function : named.entrySet()) {
                FunctionEvents events = events(function.getKey());
                for (String id : function.getValue()) {
                    if (rows(function.getKey()).containsKey(id)) {
                        // one after the other: all of them may not fit into memory
                        out.write(EventJson.line(events.recorded(id)) + "\n");
                        saved++;
                    } else {
                        missing++;
                    }
                }
            }
        } catch (IOException e) {
            throw Recordings.unwritable(file, "--yes", e);
        }
        terminal.err()
                .println("saved " + saved + (saved == 1 ? " event" : " events") + " to " + file
                        + (missing == 0
                                ? ""
                                : "; " + missing + " are not recorded (nucleon run --record journal keeps all)"));
    }
}
