package io.nucleon.cli;

import io.nucleon.cli.template.Language;
import io.nucleon.cli.template.Source;
import io.nucleon.command.GlobalOptions;
import io.nucleon.command.Output;
import io.nucleon.command.Terminal;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.JsonWriter;
import io.nucleon.error.NearestName;
import io.nucleon.host.JsonReader;
import io.nucleon.host.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The rows of {@code nucleon list} for what is no function. Stateless. */
final class OtherTables {
    private OtherTables() {}

    /** Of all functions that have the labels. */
    static Listing triggers(List<ListedFunction> functions, Map<String, String> labels) {
        List<Listing.Row> rows = new ArrayList<>();
        for (ListedFunction function : functions) {
            if (function.hasLabels(labels)) {
                function.allTriggers().forEach(trigger -> rows.add(trigger(function, trigger)));
            }
        }
        return new Listing(
                "triggers",
                List.of("FUNCTION", "TRIGGER", "KIND", "STATE", "WAITING", "DEAD"),
                rows,
                functions.isEmpty()
                        ? "no functions yet; nucleon new hello"
                        : "no triggers; all functions: nucleon list");
    }

    private static Listing.Row trigger(ListedFunction function, Map<String, Object> trigger) {
        String name = JsonReader.text(trigger, "name");
        String kind = JsonReader.text(trigger, "kind");
        long waiting = JsonReader.number(trigger, "waiting");
        long dead = JsonReader.number(trigger, "deadLetters");
        JsonWriter json = Documents.begin("trigger").name("function").value(function.name());
        json.name("name").value(name).name("triggerKind").value(kind);
        json.name("state").value(function.condition());
        json.name("waiting").value(waiting).name("deadLetters").value(dead);
        return new Listing.Row(
                "trigger/" + function.name() + "/" + name,
                List.of(
                        function.name(),
                        name,
                        kind,
                        function.condition(),
                        String.valueOf(waiting),
                        String.valueOf(dead)),
                json.endObject().toString());
    }

    /** Those that somebody made, those that functions name, and {@code default}. */
    static Listing projects(List<ListedFunction> functions, NuctlProjects known, boolean wide) {
        List<Listing.Row> rows = projectNames(functions, known).stream()
                .map(name -> project(name, functions, known, wide))
                .toList();
        return new Listing(
                "projects",
                wide
                        ? List.of("NAME", "FUNCTIONS", "DESCRIPTION", "OWNER", "NAMESPACE")
                        : List.of("NAME", "FUNCTIONS", "DESCRIPTION"),
                rows,
                "");
    }

    private static Set<String> projectNames(List<ListedFunction> functions, NuctlProjects known) {
        Set<String> names = new TreeSet<>(known.names(Optional.empty()));
        functions.stream()
                .map(one -> one.text("project"))
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        return names;
    }

    /** One project in full. */
    static int project(
            Terminal terminal,
            GlobalOptions options,
            String name,
            List<ListedFunction> functions,
            NuctlProjects known) {
        Set<String> names = projectNames(functions, known);
        if (!names.contains(name)) {
            throw ErrorMessage.of(
                            ErrorCode.FUNCTION_NOT_DEPLOYED,
                            "there is no project '" + name + "'",
                            "",
                            NearestName.advice(name, names, "projects: "))
                    .toException();
        }
        List<String> members = members(name, functions);
        Map<String, Object> spec = known.document(name).map("spec").plain();
        if (options.output().isDocument()) {
            Documents.print(terminal, options.output(), projectJson(name, members, spec));
        } else if (options.output() == Output.NAME) {
            terminal.out().println("project/" + name);
        } else {
            GetVerb page = new GetVerb(terminal, functions, options);
            StringBuilder text = new StringBuilder();
            page.line(text, "name", name);
            page.line(text, "about", String.valueOf(spec.getOrDefault("description", "")));
            page.line(text, "owner", String.valueOf(spec.getOrDefault("owner", "")));
            members.forEach(member -> page.line(text, "function", member));
            terminal.out().print(text);
        }
        return 0;
    }

    private static Listing.Row project(String name, List<ListedFunction> functions, NuctlProjects known, boolean wide) {
        List<String> members = members(name, functions);
        Map<String, Object> spec = known.document(name).map("spec").plain();
        List<String> cells = new ArrayList<>(
                List.of(name, String.valueOf(members.size()), String.valueOf(spec.getOrDefault("description", ""))));
        if (wide) {
            cells.addAll(List.of(String.valueOf(spec.getOrDefault("owner", "")), NuctlProjects.NAMESPACE));
        }
        return new Listing.Row("project/" + name, cells, projectJson(name, members, spec));
    }

    /** Names of a project's functions. */
    static List<String> members(String project, List<ListedFunction> functions) {
        return functions.stream()
                .filter(one -> one.text("project").equals(project))
                .map(ListedFunction::name)
                .distinct()
                .toList();
    }

    /** A project as a document. */
    static String projectJson(String name, List<String> functions, Map<String, Object> spec) {
        JsonWriter json = Documents.begin("project").name("name").value(name);
        json.name("namespace").value(NuctlProjects.NAMESPACE);
        json.name("description").value(String.valueOf(spec.getOrDefault("description", "")));
        json.name("owner").value(String.valueOf(spec.getOrDefault("owner", "")));
        json.name("functions").array();
        functions.forEach(json::value);
        return json.endArray().endObject().toString();
    }

    /** What {@code nucleon new} can write. */
    static Listing templates(PulledTemplates pulled) {
        List<Listing.Row> rows = new ArrayList<>();
        for (Language language : Language.values()) {
            rows.add(template(BuiltInTemplate.PLAIN, language.runtime(), Source.words()));
            if (language.hasAsync()) {
                rows.add(template(BuiltInTemplate.ASYNC, language.runtime(), List.of(Source.HTTP.word())));
            }
        }
        pulled.names().forEach(name -> rows.add(pulled.row(name)));
        return new Listing("templates", List.of("TEMPLATE", "RUNTIME", "TRIGGERS"), rows, "");
    }

    private static Listing.Row template(String name, String runtime, List<String> triggers) {
        JsonWriter json = Documents.begin("template").name("name").value(name);
        json.name("runtime").value(runtime).name("triggers").array();
        triggers.forEach(json::value);
        return new Listing.Row(
                "template/" + name + "/" + runtime,
                List.of(name, runtime, String.join(", ", triggers)),
                json.endArray().endObject().toString());
    }

    /** Kinds of events, each with a sample. */
    static Listing events() {
        return new Listing(
                "eventKinds",
                List.of("KIND", "IN FUNCTION.YAML", "EVENT"),
                SampleEvent.all().stream().map(OtherTables::event).toList(),
                "");
    }

    private static Listing.Row event(SampleEvent sample) {
        JsonWriter json = new JsonWriter()
                .object()
                .name("name")
                .value(sample.name())
                .name("kinds")
                .array();
        sample.kinds().forEach(json::value);
        json.endArray().name("about").value(sample.about());
        JsonTree.write(json.name("event"), sample.event());
        return new Listing.Row(
                "kind/" + sample.name(),
                List.of(sample.name(), String.join(", ", sample.kinds()), sample.about()),
                json.endObject().toString());
    }
}
