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

/** The events behind log lines, as the journals of their functions have them. Confined to one command. */
final class LoggedEvents {
    private final UserFolders folders;
    private final Map<String, Map<String, Logged>> recorded = new HashMap<>();

    /** An event in the journal that has it: lines do not tell from which folder a function of that name was run. */
    private record Logged(RecordedRows.Row row, FunctionEvents in) {}

    LoggedEvents(UserFolders folders) {
        this.folders = folders;
    }

    /** Whether the event of a line has failed; a line without an event has none. */
    boolean isFailed(Map<String, Object> line) {
        Logged event = rows(JsonReader.text(line, "function")).get(JsonReader.text(line, "event"));
        return event != null && event.row.isFailed();
    }

    /** Read once: what comes later belongs to the next command. */
    private Map<String, Logged> rows(String function) {
        return recorded.computeIfAbsent(function, this::read);
    }

    private Map<String, Logged> read(String function) {
        Map<String, Logged> all = new HashMap<>();
        for (FunctionEvents events : JournalFinder.all(folders, new WallClock())) {
            if (events.function().equals(function)) {
                RecordedRows.of(events.journal()).forEach(row -> all.put(row.id, new Logged(row, events)));
            }
        }
        return all;
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
                for (String id : function.getValue()) {
                    Logged event = rows(function.getKey()).get(id);
                    if (event != null) {
                        // one after the other: all of them may not fit into memory
                        out.write(EventJson.line(event.in.recorded(id)) + "\n");
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
