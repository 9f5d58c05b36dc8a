package io.nucleon.cli;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.NearestName;
import io.nucleon.host.RunState;
import io.nucleon.host.UserFolders;
import io.nucleon.spec.FunctionReader;
import io.nucleon.spec.FunctionSpec;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.trigger.Trigger;
import io.nucleon.spec.yaml.Limits;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.Node;
import io.nucleon.spec.yaml.Position;
import io.nucleon.spec.yaml.ScalarNode;
import io.nucleon.spec.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Templates that a user has pulled: a folder each below {@code templates} of the state folder. Whatever is in one becomes a function's folder;
 * {@code {{name}}} in its texts, and the name in function.yaml, become the function's name. Stateless.
 */
final class PulledTemplates {
    private static final String CONFIG = "function.yaml";
    private static final String NAME_MARK = "{{name}}";

    private final Path store;

    PulledTemplates(UserFolders folders) {
        this.store = folders.state().resolve("templates");
    }

    /** A file of a function to be. Immutable as long as nobody writes into its bytes. */
    static final class Item {
        private final byte[] bytes;
        private final boolean executable;

        Item(byte[] bytes, boolean executable) {
            this.bytes = bytes;
            this.executable = executable;
        }

        static Item of(String text) {
            return new Item(text.getBytes(StandardCharsets.UTF_8), false);
        }

        /** What is in it; only to be read. */
        byte[] bytes() {
            return bytes;
        }

        /** Whether it is to be executable. */
        boolean executable() {
            return executable;
        }

        /** Its text; empty if it is none. */
        Optional<String> text() {
            return Utf8.text(bytes);
        }
    }

    /** The folder that holds them. */
    Path store() {
        return store;
    }

    /** Their names, sorted. */
    List<String> names() {
        if (!Files.isDirectory(store)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(store)) {
            return entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .filter(RunState::isName)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(store, e);
        }
    }

    /** Whether there is one of that name. */
    boolean has(String name) {
        return RunState.isName(name) && Files.isDirectory(store.resolve(name));
    }

    /** Neither pulled nor built in. */
    RuntimeException unknown(String name) {
        List<String> all = new ArrayList<>(BuiltInTemplate.NAMES);
        all.addAll(names());
        return ErrorMessage.of(
                        ErrorCode.TEMPLATE_UNKNOWN,
                        "no template '" + name + "'",
                        "",
                        NearestName.advice(name, all, "templates: "))
                .toException();
    }

    /** The files of a function of that name, by their paths. */
    Map<String, Item> files(String template, String function) {
        Path folder = store.resolve(template);
        Map<String, Item> files = new LinkedHashMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
                String name = folder.relativize(path).toString();
                files.put(name, filled(name, new Item(Files.readAllBytes(path), Files.isExecutable(path)), function));
            }
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        return files;
    }

    private static Item filled(String file, Item item, String function) {
        Optional<String> text = item.text();
        if (text.isEmpty()) {
            return item;
        }
        String filled = text.get().replace(NAME_MARK, function);
        String named = file.equals(CONFIG) ? named(filled, function) : filled;
        return new Item(named.getBytes(StandardCharsets.UTF_8), item.executable());
    }

    /** The text with another name in it, and all else as it is, comments too. */
    static String named(String config, String function) {
        Optional<Node> document = new YamlReader(CONFIG, Limits.DEFAULT, new Problems()).read(config);
        if (document.orElse(null) instanceof MapNode map
                && map.map("metadata").get("name").orElse(null) instanceof ScalarNode name) {
            Position position = name.position();
            List<String> lines = new ArrayList<>(List.of(config.split("\n", -1)));
            String line = lines.get(position.line() - 1);
            int start = position.column() - 1;
            String quote = name.quoted() && start < line.length() ? line.substring(start, start + 1) : "";
            String written = quote + name.text() + quote;
            if (line.startsWith(written, start)) {
                lines.set(
                        position.line() - 1,
                        line.substring(0, start) + function + line.substring(start + written.length()));
                return String.join("\n", lines);
            }
        }
        return config;
    }

    /** As {@code list templates} shows it. */
    Listing.Row row(String name) {
        FunctionSpec spec = spec(name);
        String runtime = spec.runtime().toString();
        List<String> kinds =
                spec.activeTriggers().stream().map(Trigger::kind).distinct().toList();
        JsonWriter json = Documents.begin("template").name("name").value(name);
        json.name("runtime").value(runtime).name("triggers").array();
        kinds.forEach(json::value);
        json.endArray().name("folder").value(store.resolve(name).toString());
        return new Listing.Row(
                "template/" + name,
                List.of(name, runtime, String.join(", ", kinds)),
                json.endObject().toString());
    }

    private FunctionSpec spec(String name) {
        Path file = store.resolve(name).resolve(CONFIG);
        try {
            String text = Files.isRegularFile(file) ? Files.readString(file).replace(NAME_MARK, name) : "";
            return FunctionReader.read(text, CONFIG).asFarAsRead().spec();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static RuntimeException unreadable(Path path, IOException e) {
        return ErrorMessage.of(
                        ErrorCode.FILE_UNREADABLE,
                        path + " can't be read",
                        String.valueOf(e.getMessage()),
                        "pull it again")
                .toException(e);
    }
}
