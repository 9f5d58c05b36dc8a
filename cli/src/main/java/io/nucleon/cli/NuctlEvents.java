package io.nucleon.cli;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.platform.local.KeptDocuments;
import io.nucleon.spec.yaml.ListNode;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.Node;
import io.nucleon.spec.yaml.NodeWriter;
import io.nucleon.spec.yaml.Position;
import io.nucleon.spec.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** nuctl's function events on the local platform: kept requests by which a function is tried. Confined to one command. */
final class NuctlEvents {
    private static final String FUNCTION_LABEL = "nuclio.io/function-name";

    private final KeptDocuments kept;

    NuctlEvents(KeptDocuments kept) {
        this.kept = kept;
    }

    /** Makes one; without a name it gets one of its own. */
    void create(NuctlWords words) {
        String function = words.flag("--function");
        if (function.isEmpty()) {
            throw refused("function event can't be created", "no function was named", "name it: --function NAME");
        }
        String name = words.name().orElseGet(() -> UUID.randomUUID().toString());
        if (kept.read(name).isPresent()) {
            throw refused("function event '" + name + "' can't be created", "there is one of that name", "");
        }
        MapNode document = MapNode.EMPTY
                .withAt(ScalarNode.text(name), "metadata", "name")
                .withAt(ScalarNode.text("nuclio"), "metadata", "namespace")
                .withAt(ScalarNode.text(function), "metadata", "labels", FUNCTION_LABEL)
                .withAt(ScalarNode.text(words.flag("--display-name")), "spec", "displayName")
                .withAt(ScalarNode.text(words.flag("--trigger-name")), "spec", "triggerName")
                .withAt(ScalarNode.text(words.flag("--trigger-kind")), "spec", "triggerKind")
                .withAt(ScalarNode.text(words.flag("--body")), "spec", "body");
        if (!words.flag("--attrs").isEmpty()) {
            document = document.withAt(NuctlImport.document(words.flag("--attrs"), "--attrs"), "spec", "attributes");
        }
        kept.write(name, NodeWriter.yaml(document));
    }

    /** A table or documents; of one function where one is named. */
    String get(Optional<String> name, String function, String output) {
        List<MapNode> found = kept.names().stream()
                .filter(one -> name.map(one::equals).orElse(true))
                .map(this::document)
                .filter(one -> function.isEmpty() || function.equals(functionOf(one)))
                .toList();
        if (found.isEmpty()) {
            if (name.isPresent()) {
                throw notFound();
            }
            return "No function events found\n";
        }
        if (List.of("yaml", "json").contains(output)) {
            Node all = found.size() == 1 ? found.getFirst() : new ListNode(new ArrayList<>(found), Position.NONE);
            return output.equals("json") ? NodeWriter.json(all) + "\n" : NodeWriter.yaml(all);
        }
        boolean wide = output.equals("wide");
        List<List<String>> rows = new ArrayList<>();
        List<String> head = List.of("NAMESPACE", "NAME", "DISPLAY NAME", "FUNCTION", "TRIGGER NAME", "TRIGGER KIND");
        rows.add(wide ? and(head, "BODY") : head);
        for (MapNode one : found) {
            Map<String, Object> spec = one.map("spec").plain();
            List<String> row = List.of(
                    "nuclio",
                    text(one.map("metadata").plain(), "name"),
                    text(spec, "displayName"),
                    functionOf(one),
                    text(spec, "triggerName"),
                    text(spec, "triggerKind"));
            rows.add(wide ? and(row, text(spec, "body")) : row);
        }
        return NuctlTable.text(rows);
    }

    void delete(String name) {
        if (!kept.remove(name)) {
            throw notFound();
        }
    }

    /** Those of a function that is no more. */
    void deleteOf(String function) {
        kept.names().stream()
                .filter(name -> function.equals(functionOf(document(name))))
                .forEach(kept::remove);
    }

    /** By name, of a function. */
    MapNode documentsOf(List<String> functions) {
        MapNode all = MapNode.EMPTY;
        for (String name : kept.names()) {
            if (functions.contains(functionOf(document(name)))) {
                all = all.with(name, document(name));
            }
        }
        return all;
    }

    /** What a project's export holds, under new names, as nuctl imports them; its own exports say {@code meta}. */
    void keepAll(MapNode byName) {
        for (MapNode.Entry entry : byName.entries()) {
            if (entry.value() instanceof MapNode document) {
                String name = UUID.randomUUID().toString();
                MapNode metadata =
                        document.get("metadata").isPresent() ? document.map("metadata") : document.map("meta");
                kept.write(
                        name,
                        NodeWriter.yaml(document.without("meta")
                                .with("metadata", metadata.with("name", ScalarNode.text(name)))));
            }
        }
    }

    private MapNode document(String name) {
        return kept.read(name).map(yaml -> NuctlImport.document(yaml, name)).orElse(MapNode.EMPTY);
    }

    private static String functionOf(MapNode event) {
        return text(event.map("metadata").map("labels").plain(), FUNCTION_LABEL);
    }

    private static List<String> and(List<String> row, String cell) {
        List<String> all = new ArrayList<>(row);
        all.add(cell);
        return all;
    }

    private static String text(Map<String, Object> members, String name) {
        return String.valueOf(members.getOrDefault(name, ""));
    }

    private static RuntimeException notFound() {
        return ErrorMessage.of(ErrorCode.FUNCTION_NOT_DEPLOYED, "No function events found", "", "")
                .toException();
    }

    private static RuntimeException refused(String what, String why, String fix) {
        return ErrorMessage.of(ErrorCode.USAGE, what, why, fix).toException();
    }
}
