package io.nucleon.cli;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.platform.Deployed;
import io.nucleon.platform.Platform;
import io.nucleon.platform.local.LocalPlatform;
import io.nucleon.spec.FunctionReader;
import io.nucleon.spec.Metadata;
import io.nucleon.spec.yaml.ListNode;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.Node;
import io.nucleon.spec.yaml.NodeWriter;
import io.nucleon.spec.yaml.Position;
import io.nucleon.spec.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** nuctl's projects: a name that functions have as a label, with a description. Confined to one command. */
final class NuctlProjects {
    /** The local platform has one. */
    static final String NAMESPACE = "nuclio";

    private final LocalPlatform platform;
    private final Platform serving;

    /**
     * Those of one user.
     *
     * @param platform which keeps what is said of them
     * @param serving where their functions are
     */
    NuctlProjects(LocalPlatform platform, Platform serving) {
        this.platform = platform;
        this.serving = serving;
    }

    /** Those that were made, and {@code default}. */
    List<String> names(Optional<String> name) {
        TreeSet<String> all = new TreeSet<>(platform.projects().names());
        all.add(Metadata.DEFAULT_PROJECT);
        List<String> found =
                all.stream().filter(one -> name.map(one::equals).orElse(true)).toList();
        if (found.isEmpty()) {
            throw ErrorMessage.of(ErrorCode.FUNCTION_NOT_DEPLOYED, "No projects found", "", "")
                    .toException();
        }
        return found;
    }

    boolean exists(String name) {
        return name.equals(Metadata.DEFAULT_PROJECT)
                || platform.projects().names().contains(name);
    }

    /** As nuclio writes it. */
    MapNode document(String name) {
        return platform.projects()
                .read(name)
                .map(yaml -> NuctlImport.document(yaml, name))
                .orElseGet(() -> MapNode.EMPTY
                        .withAt(ScalarNode.text(name), "metadata", "name")
                        .withAt(ScalarNode.text(NAMESPACE), "metadata", "namespace")
                        .with("spec", MapNode.EMPTY));
    }

    /** A table or documents. */
    String get(Optional<String> name, String output) {
        List<String> names = names(name);
        if (List.of("yaml", "json").contains(output)) {
            List<Node> nodes =
                    new ArrayList<>(names.stream().map(this::document).toList());
            Node all = nodes.size() == 1 ? nodes.getFirst() : new ListNode(nodes, Position.NONE);
            return output.equals("json") ? NodeWriter.json(all) + "\n" : NodeWriter.yaml(all);
        }
        boolean wide = output.equals("wide");
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                wide
                        ? List.of("NAMESPACE", "NAME", "DESCRIPTION", "OWNER", "DEFAULT FUNCTION NODE SELECTOR")
                        : List.of("NAMESPACE", "NAME"));
        for (String one : names) {
            Map<String, Object> spec = document(one).map("spec").plain();
            rows.add(
                    wide
                            ? List.of(NAMESPACE, one, text(spec, "description"), text(spec, "owner"), "")
                            : List.of(NAMESPACE, one));
        }
        return NuctlTable.text(rows);
    }

    private static String text(Map<String, Object> members, String name) {
        return String.valueOf(members.getOrDefault(name, ""));
    }

    void create(String name, String description, String owner) {
        if (exists(name)) {
            throw refused("project '" + name + "' can't be created", "there is one of that name");
        }
        MapNode document = document(name);
        if (!description.isEmpty()) {
            document = document.withAt(ScalarNode.text(description), "spec", "description");
        }
        if (!owner.isEmpty()) {
            document = document.withAt(ScalarNode.text(owner), "spec", "owner");
        }
        keep(name, document);
    }

    void keep(String name, MapNode document) {
        platform.projects().write(name, NodeWriter.yaml(document));
    }

    /** @param strategy {@code restricted}, which spares projects that have functions, or {@code cascading}, which deletes these too */
    void delete(String name, String strategy) {
        if (!List.of("restricted", "cascading").contains(strategy)) {
            throw NuctlCommand.unsupported("strategy " + strategy);
        }
        if (name.equals(Metadata.DEFAULT_PROJECT)) {
            throw refused("project 'default' can't be deleted", "functions without a project are in it");
        }
        names(Optional.of(name));
        List<Deployed> functions = functions(name);
        if (!functions.isEmpty() && strategy.equals("restricted")) {
            throw refused(
                    "project '" + name + "' can't be deleted",
                    "it has functions: " + String.join(", ", names(functions)));
        }
        for (Deployed one : functions) {
            serving.delete(one.name(), false);
            events().deleteOf(one.name());
        }
        platform.projects().remove(name);
    }

    private NuctlEvents events() {
        return new NuctlEvents(platform.functionEvents());
    }

    private static List<String> names(List<Deployed> functions) {
        return functions.stream().map(Deployed::name).toList();
    }

    private List<Deployed> functions(String project) {
        return serving.list().stream()
                .filter(one -> FunctionReader.read(one.config(), "function.yaml")
                        .asFarAsRead()
                        .metadata()
                        .project()
                        .equals(project))
                .toList();
    }

    /** A project with its functions, several by name. */
    String export(Optional<String> name, String form, boolean scrub, boolean cleans) {
        List<String> names = names(name);
        MapNode all = MapNode.EMPTY;
        for (String one : names) {
            MapNode functions = MapNode.EMPTY;
            for (Deployed function : functions(one)) {
                functions = functions.with(function.name(), NuctlExport.document(function, scrub, cleans));
            }
            MapNode project = MapNode.EMPTY
                    .with("project", document(one))
                    .with("functions", functions)
                    .with("functionEvents", events().documentsOf(names(functions(one))));
            all = names.size() == 1 ? project : all.with(one, project);
        }
        return form.equals("json") ? NodeWriter.json(all) + "\n" : NodeWriter.yaml(all);
    }

    /** {@code a=b,c=d}. */
    static Map<String, String> labels(String selector) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String pair : selector.split(",", -1)) {
            if (!pair.isBlank()) {
                int equals = pair.indexOf('=');
                if (equals < 1) {
                    throw refused("'" + pair + "' is no label", "labels are written NAME=VALUE");
                }
                labels.put(
                        pair.substring(0, equals).strip(),
                        pair.substring(equals + 1).strip());
            }
        }
        return labels;
    }

    private static RuntimeException refused(String what, String why) {
        return ErrorMessage.of(ErrorCode.USAGE, what, why, "").toException();
    }
}
