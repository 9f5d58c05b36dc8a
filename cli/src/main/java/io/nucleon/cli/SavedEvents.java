package io.nucleon.cli;

import io.nucleon.command.EventsOptions;
import io.nucleon.command.Output;
import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.NearestName;
import io.nucleon.host.JsonReader;
import io.nucleon.host.JsonTree;
import io.nucleon.host.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Events that people keep by a name, to send them again and again: a file each in {@code .nucleon/events} of the folder, which are meant to
 * be committed as results of benches are. Confined to one command.
 */
final class SavedEvents {

    private static final String FOLDER = ".nucleon/events";
    private static final String SUFFIX = ".json";

    private final Terminal terminal;

    SavedEvents(Terminal terminal) {
        this.terminal = terminal;
    }

    /** A saved event, as its file has it. */
    private record Saved(String name, Map<String, Object> event) {

        String kind() {
            String kind = JsonReader.text(event, "triggerKind");
            return SampleEvent.find(kind).map(SampleEvent::name).orElse(kind);
        }

        String from() {
            for (String member : List.of("topic", "path")) {
                if (!JsonReader.text(event, member).isEmpty()) {
                    return JsonReader.text(event, member);
                }
            }
            return "";
        }
    }

    private Path file(String name) {
        return terminal.folder().resolve(FOLDER).resolve(name + SUFFIX);
    }

    /** The file of the event of that name; empty if there is none. */
    Optional<Path> find(String name) {
        return RunState.isName(name) ? Optional.of(file(name)).filter(Files::isRegularFile) : Optional.empty();
    }

    /** What was meant by a word that is neither a kind nor the name of a saved event: NUC-8011. */
    RuntimeException unknown(String word) {
        List<String> words = new ArrayList<>(names());
        SampleEvent.all().forEach(sample -> words.add(sample.name()));
        return ErrorMessage.of(
                        ErrorCode.EVENT_UNKNOWN,
                        "there is no kind of event '" + word + "', and none of that name is saved here",
                        "",
                        NearestName.advice(word, words, "there are: "))
                .toException();
    }

    /**
     * Where the event of a new name is written to. Makes its folder.
     *
     * @throws io.nucleon.error.NucleonException NUC-8001 for what can't be the name of an event
     */
    Path fresh(String name, String kind) {
        if (!RunState.isName(name)) {
            throw UsageError.badValue(
                    "events save",
                    name,
                    "names have letters, digits and - _ . only",
                    "nucleon events save NAME " + kind);
        }
        if (SampleEvent.find(name).isPresent()) {
            throw UsageError.badValue(
                    "events save",
                    name,
                    "that is a kind of events, and can't be the name of one",
                    "the name comes first: nucleon events save NAME " + name);
        }
        Path file = file(name);
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw BenchFiles.unwritable(file, e);
        }
        return file;
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(terminal.folder().resolve(FOLDER))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .filter(name -> find(name).isPresent())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw ErrorMessage.of(
                            ErrorCode.FILE_UNREADABLE,
                            "the saved events in " + FOLDER + " can't be read",
                            String.valueOf(e.getMessage()),
                            "see that the folder is yours")
                    .toException(e);
        }
    }

    /** All of them, for people or programs. */
    int list(EventsOptions options) {
        List<Saved> all = names().stream()
                .map(name -> new Saved(name, EventInput.single(file(name))))
                .toList();
        Output output = options.global().output();
        if (output.isDocument()) {
            JsonWriter json = Documents.begin("events").name("items").array();
            for (Saved saved : all) {
                json.object().name("name").value(saved.name).name("event");
                JsonTree.write(json, saved.event);
                json.endObject();
            }
            Documents.print(terminal, output, json.endArray().endObject().toString());
        } else if (output == Output.NAME) {
            all.forEach(saved -> terminal.out().println("event/" + saved.name));
        } else if (all.isEmpty()) {
            terminal.err().println("no saved events in " + FOLDER + "; keep one: nucleon events save NAME KIND");
        } else {
            table(all, options);
        }
        return 0;
    }

    private void table(List<Saved> all, EventsOptions options) {
        List<List<String>> rows = new ArrayList<>();
        if (!options.global().noHeader()) {
            rows.add(List.of("NAME", "KIND", "FROM", "FILE"));
        }
        all.forEach(saved -> rows.add(List.of(
                saved.name,
                Recordings.shown(saved.kind()),
                Recordings.shown(saved.from()),
                FOLDER + "/" + saved.name + SUFFIX)));
        Columns.print(terminal, rows);
    }
}
