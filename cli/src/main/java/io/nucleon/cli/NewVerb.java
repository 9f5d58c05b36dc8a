package io.nucleon.cli;

import io.nucleon.cli.template.Language;
import io.nucleon.cli.template.NewFunction;
import io.nucleon.cli.template.Source;
import io.nucleon.command.NewOptions;
import io.nucleon.command.Output;
import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.Look;
import io.nucleon.error.Look.Role;
import io.nucleon.error.NearestName;
import io.nucleon.host.RunState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code nucleon new}: writes a function's folder. Confined to one command. */
final class NewVerb {

    private static final String USUAL_RUNTIME = "python";
    private static final String PLAIN = "plain";
    private static final String ASYNC = "async";

    private final Terminal terminal;
    private final NewOptions options;
    private final Look look;

    NewVerb(Terminal terminal, NewOptions options) {
        this.terminal = terminal;
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
        NewFunction function = function(name);
        checkEmpty(folder);
        Map<String, String> files = function.files();
        write(folder, files);
        tell(folder, function, files);
        return 0;
    }

    private NewFunction function(String name) {
        Source source = Source.of(options.trigger())
                .orElseThrow(() -> UsageError.badValue(
                        "--trigger",
                        options.trigger(),
                        "",
                        NearestName.advice(options.trigger(), Source.words(), "kinds: ")));
        boolean async = isAsync();
        String runtime = options.runtime().isEmpty() ? askedRuntime() : options.runtime();
        Language language = Language.of(runtime)
                .orElseThrow(() -> UsageError.badValue(
                        "--runtime", runtime, "", NearestName.advice(runtime, Language.runtimes(), "runtimes: ")));
        if (async && (source != Source.HTTP || !language.hasAsync())) {
            throw UsageError.badValue(
                    "--template",
                    ASYNC,
                    "it is for --trigger http and the runtimes python, nodejs, dotnetcore, graaljs, graalpy",
                    "leave --template out");
        }
        return new NewFunction(name, language, source, async);
    }

    private boolean isAsync() {
        String template = options.template();
        if (template.equals(ASYNC) || template.equals(PLAIN)) {
            return template.equals(ASYNC);
        }
        List<String> templates = List.of(PLAIN, ASYNC);
        throw ErrorMessage.of(
                        ErrorCode.TEMPLATE_UNKNOWN,
                        "no template '" + template + "'",
                        "",
                        NearestName.advice(template, templates, "templates: "))
                .toException();
    }

    /** Scripts are never asked. */
    private String askedRuntime() {
        if (!terminal.inIsTerminal()
                || !terminal.errIsTerminal()
                || options.global().noInput()) {
            return USUAL_RUNTIME;
        }
        terminal.err().print("runtime (" + String.join(", ", Language.runtimes()) + ") [" + USUAL_RUNTIME + "]: ");
        terminal.err().flush();
        try {
            String line = new BufferedReader(new InputStreamReader(terminal.in(), terminal.charset())).readLine();
            return line == null || line.isBlank() ? USUAL_RUNTIME : line.strip();
        } catch (IOException e) {
            return USUAL_RUNTIME;
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

    private static void write(Path folder, Map<String, String> files) {
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
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

    private void tell(Path folder, NewFunction function, Map<String, String> files) {
        Output output = options.global().output();
        if (output.isDocument()) {
            JsonWriter json = Documents.begin("new");
            json.name("function").value(function.name()).name("folder").value(folder.toString());
            json.name("files").array();
            files.keySet().forEach(json::value);
            Documents.print(terminal, output, json.endArray().endObject().toString());
            return;
        }
        if (output == Output.NAME) {
            terminal.out().println("function/" + function.name());
            return;
        }
        String shown = shown(folder);
        terminal.out().println("created " + shown + "/  " + String.join("  ", files.keySet()));
        if (!options.global().quiet()) {
            terminal.out().flush();
            terminal.err()
                    .println(look.paint(Role.MUTED, "next") + "    nucleon run " + shown
                            + "      then, in another terminal:  " + function.tryIt());
        }
    }

    /** As whoever typed the command would type it. */
    private String shown(Path folder) {
        return folder.startsWith(terminal.folder()) && !folder.equals(terminal.folder())
                ? terminal.folder().relativize(folder).toString()
                : folder.toString();
    }
}
