package io.nucleon.cli;

import io.nucleon.cli.PulledTemplates.Item;
import io.nucleon.cli.template.Language;
import io.nucleon.cli.template.NewFunction;
import io.nucleon.command.NewOptions;
import io.nucleon.command.Output;
import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.Look;
import io.nucleon.error.Look.Role;
import io.nucleon.host.RunState;
import io.nucleon.host.UserFolders;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code nucleon new}: writes a function's folder. Confined to one command. */
final class NewVerb {

    private final Terminal terminal;
    private final UserFolders folders;
    private final NewOptions options;
    private final Look look;

    NewVerb(Terminal terminal, UserFolders folders, NewOptions options) {
        this.terminal = terminal;
        this.folders = folders;
        this.options = options;
        this.look = terminal.errLook(options.global().colour());
    }

    int run() {
        boolean isPath = options.name().contains("/");
        Path folder = terminal.folder()
                .resolve(options.folder())
                .resolve(options.name())
                .normalize();
        String name = folder.getFileName() == null ? "" : folder.getFileName().toString();
        if (!RunState.isName(name)) {
            throw UsageError.badValue(
                    isPath ? "the folder's name" : "NAME",
                    name,
                    "a function's name is part of addresses",
                    "use letters, digits, '-', '_' and '.'");
        }
        Made made = made(name);
        checkEmpty(folder);
        write(folder, made.files());
        tell(folder, name, made);
        return 0;
    }

    /**
     * What is written.
     *
     * @param files by their paths
     * @param tryIt a command that gives it an event
     */
    private record Made(Map<String, Item> files, String tryIt) {}

    private Made made(String name) {
        String template = options.template();
        if (BuiltInTemplate.NAMES.contains(template)) {
            String runtime = options.runtime().isEmpty() ? askedRuntime() : options.runtime();
            String trigger = options.trigger().isEmpty() ? BuiltInTemplate.USUAL_TRIGGER : options.trigger();
            NewFunction function = BuiltInTemplate.function(name, template, runtime, trigger);
            Map<String, Item> files = new LinkedHashMap<>();
            function.files().forEach((file, text) -> files.put(file, Item.of(text)));
            return new Made(files, function.tryIt());
        }
        PulledTemplates pulled = new PulledTemplates(folders);
        if (!pulled.has(template)) {
            throw pulled.unknown(template);
        }
        UsageError.refuse(options.runtime(), "--runtime", "template '" + template + "' has its own");
        UsageError.refuse(options.trigger(), "--trigger", "template '" + template + "' has its own");
        return new Made(pulled.files(template, name), "nucleon invoke " + name);
    }

    /** Scripts are never asked. */
    private String askedRuntime() {
        if (!terminal.inIsTerminal()
                || !terminal.errIsTerminal()
                || options.global().noInput()) {
            return BuiltInTemplate.USUAL_RUNTIME;
        }
        terminal.err()
                .print("runtime (" + String.join(", ", Language.runtimes()) + ") [" + BuiltInTemplate.USUAL_RUNTIME
                        + "]: ");
        terminal.err().flush();
        try {
            String line = new BufferedReader(new InputStreamReader(terminal.in(), terminal.charset())).readLine();
            return line == null || line.isBlank() ? BuiltInTemplate.USUAL_RUNTIME : line.strip();
        } catch (IOException e) {
            return BuiltInTemplate.USUAL_RUNTIME;
        }
    }

    private void checkEmpty(Path folder) {
        if (options.force() || !Files.exists(folder)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            if (entries.iterator().hasNext()) {
                throw UsageError.badValue(
                        "the folder", shown(folder), "it is not empty", "name another, or write into it with --force");
            }
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private static void write(Path folder, Map<String, Item> files) {
        try {
            for (Map.Entry<String, Item> file : files.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue().bytes());
                if (file.getValue().executable()) {
                    path.toFile().setExecutable(true);
                }
            }
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private static RuntimeException unwritable(Path folder, IOException cause) {
        return ErrorMessage.of(
                        ErrorCode.FILE_UNWRITABLE,
                        folder + " can't be written",
                        String.valueOf(cause),
                        "choose another place with --dir, or mend its rights")
                .toException(cause);
    }

    private void tell(Path folder, String name, Made made) {
        Output output = options.global().output();
        if (output.isDocument()) {
            JsonWriter json = Documents.begin("new");
            json.name("function").value(name).name("folder").value(folder.toString());
            json.name("files").array();
            made.files().keySet().forEach(json::value);
            Documents.print(terminal, output, json.endArray().endObject().toString());
            return;
        }
        if (output == Output.NAME) {
            terminal.out().println("function/" + name);
            return;
        }
        String shown = shown(folder);
        terminal.out()
                .println("created " + shown + "/  "
                        + String.join("  ", made.files().keySet()));
        if (!options.global().quiet()) {
            terminal.out().flush();
            terminal.err()
                    .println(look.paint(Role.MUTED, "next") + "    nucleon run " + shown
                            + "      then, in another terminal:  " + made.tryIt());
        }
    }

    /** As whoever typed the command would type it. */
    private String shown(Path folder) {
        return folder.startsWith(terminal.folder()) && !folder.equals(terminal.folder())
                ? terminal.folder().relativize(folder).toString()
                : folder.toString();
    }
}
