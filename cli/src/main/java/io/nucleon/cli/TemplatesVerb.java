package io.nucleon.cli;

import io.nucleon.cli.PulledTemplates.Item;
import io.nucleon.command.Output;
import io.nucleon.command.TemplatesOptions;
import io.nucleon.command.Terminal;
import io.nucleon.command.UsageError;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.Look;
import io.nucleon.error.Look.Role;
import io.nucleon.host.UserFolders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code nucleon templates list|show|pull}: what {@code nucleon new} can write. Confined to one command. */
final class TemplatesVerb {
    /** The function that is shown. */
    private static final String SHOWN_AS = "hello";

    private final Terminal terminal;
    private final TemplatesOptions options;
    private final PulledTemplates pulled;
    private final Output output;

    TemplatesVerb(Terminal terminal, UserFolders folders, TemplatesOptions options) {
        this.terminal = terminal;
        this.options = options;
        this.pulled = new PulledTemplates(folders);
        this.output = options.global().output();
    }

    int run() {
        switch (options.words().getFirst()) {
            case "show" -> show(options.words().getLast());
            case "pull" -> pull(options.words().getLast());
            default -> OtherTables.templates(pulled).print(terminal, options.global());
        }
        return 0;
    }

    /** By its name, or as {@code list -o name} writes it: {@code template/plain/python}. */
    private void show(String word) {
        List<String> parts = List.of(word.replaceFirst("^template/", "").split("/", 2));
        String name = parts.getFirst();
        Map<String, Item> files = pulled.has(name) ? ofPulled(name) : builtIn(name, parts);
        if (output.isDocument()) {
            JsonWriter json = Documents.begin("template").name("name").value(name);
            json.name("files").object();
            files.forEach((file, item) -> json.name(file).value(item.text().orElse(null)));
            Documents.print(terminal, output, json.endObject().endObject().toString());
        } else if (output == Output.NAME) {
            files.keySet().forEach(terminal.out()::println);
        } else {
            print(files);
        }
    }

    private Map<String, Item> ofPulled(String name) {
        UsageError.refuse(options.runtime(), "--runtime", "template '" + name + "' has its own");
        UsageError.refuse(options.trigger(), "--trigger", "template '" + name + "' has its own");
        return pulled.files(name, SHOWN_AS);
    }

    private Map<String, Item> builtIn(String name, List<String> parts) {
        if (!BuiltInTemplate.NAMES.contains(name)) {
            throw pulled.unknown(name);
        }
        String named = parts.size() == 2 ? parts.getLast() : BuiltInTemplate.USUAL_RUNTIME;
        Map<String, Item> files = new LinkedHashMap<>();
        BuiltInTemplate.function(
                        SHOWN_AS,
                        name,
                        options.runtime().isEmpty() ? named : options.runtime(),
                        options.trigger().isEmpty() ? BuiltInTemplate.USUAL_TRIGGER : options.trigger())
                .files()
                .forEach((file, text) -> files.put(file, Item.of(text)));
        return files;
    }

    private void print(Map<String, Item> files) {
        Look look = terminal.outLook(options.global().colour());
        String gap = "";
        for (Map.Entry<String, Item> file : files.entrySet()) {
            terminal.out().print(gap);
            terminal.out().println(look.paint(Role.STRONG, "== " + Listing.shown(file.getKey())));
            Item item = file.getValue();
            String text = item.text().orElse("(" + item.bytes().length + " bytes, no text)");
            terminal.out().println(look.symbols(Look.harmless(text.stripTrailing())));
            gap = "\n";
        }
    }

    private void pull(String source) {
        List<String> names = new TemplatePull(terminal, pulled, options).run(source);
        if (output.isDocument()) {
            JsonWriter json = Documents.begin("pulled").name("items").array();
            names.forEach(name -> json.json(pulled.row(name).json()));
            Documents.print(terminal, output, json.endArray().endObject().toString());
            return;
        }
        for (String name : names) {
            terminal.out()
                    .println(
                            output == Output.NAME
                                    ? "template/" + name
                                    : "pulled " + name + "  " + pulled.store().resolve(name));
        }
        if (output != Output.NAME && !options.global().quiet()) {
            Look look = terminal.errLook(options.global().colour());
            terminal.out().flush();
            terminal.err()
                    .println(look.paint(Role.MUTED, "next") + "    nucleon new NAME --template " + names.getFirst());
        }
    }
}
