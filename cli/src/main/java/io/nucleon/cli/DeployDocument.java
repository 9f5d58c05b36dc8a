package io.nucleon.cli;

import io.nucleon.command.DeployOptions;
import io.nucleon.command.UsageError;
import io.nucleon.spec.Metadata;
import io.nucleon.spec.yaml.ListNode;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.Node;
import io.nucleon.spec.yaml.Position;
import io.nucleon.spec.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The flags about how a function runs as a part of function.yaml. Immutable. */
record DeployDocument(DeployOptions options) {

    MapNode node() {
        MapNode document = MapNode.EMPTY;
        String project = options.global().project();
        if (!project.equals(Metadata.DEFAULT_PROJECT)) {
            document = document.withAt(ScalarNode.text(project), "metadata", "labels", Metadata.PROJECT_LABEL);
        }
        for (Map.Entry<String, String> label : options.labels().entrySet()) {
            document = document.withAt(ScalarNode.text(label.getValue()), "metadata", "labels", label.getKey());
        }
        document = map(document, options.annotations(), "metadata", "annotations");
        document = map(document, options.limits(), "spec", "resources", "limits");
        document = map(document, options.requests(), "spec", "resources", "requests");
        document = map(document, options.pods().nodeSelector(), "spec", "nodeSelector");
        for (Map.Entry<String, String> field : options.fields().entrySet()) {
            Node value = field.getKey().equals("description")
                    ? ScalarNode.text(field.getValue())
                    : GivenFunction.parsed("--" + field.getKey(), field.getValue());
            document = document.withAt(
                    field.getKey().equals("platform") ? MapNode.EMPTY.with("attributes", value) : value,
                    ("spec." + field.getKey()).split("\\."));
        }
        if (!options.env().isEmpty()) {
            document = document.withAt(list(options.env()), "spec", "env");
        }
        if (!options.loggerLevel().isEmpty()) {
            MapNode sink = MapNode.EMPTY.with("level", ScalarNode.text(options.loggerLevel()));
            document = document.withAt(new ListNode(List.of(sink), Position.NONE), "spec", "loggerSinks");
        }
        return options.volumes().isEmpty() ? document : document.withAt(volumes(), "spec", "volumes");
    }

    private static MapNode map(MapNode document, Map<String, String> values, String... keys) {
        return values.isEmpty() ? document : document.withAt(GivenFunction.texts(values), keys);
    }

    private static ListNode list(Map<String, String> variables) {
        List<Node> nodes = new ArrayList<>();
        variables.forEach((name, value) ->
                nodes.add(MapNode.EMPTY.with("name", ScalarNode.text(name)).with("value", ScalarNode.text(value))));
        return new ListNode(nodes, Position.NONE);
    }

    /** nuctl's help says {@code src=dest}, its code takes {@code src:dest}; both are taken. */
    private ListNode volumes() {
        List<Node> nodes = new ArrayList<>();
        for (String volume : options.volumes()) {
            String[] ends = volume.split(volume.indexOf(':') > 0 ? ":" : "=", 2);
            if (ends.length != 2) {
                throw UsageError.badValue("--volume", volume, "it is written SRC:DEST", "");
            }
            ScalarNode name = ScalarNode.text("volume-" + (nodes.size() + 1));
            nodes.add(MapNode.EMPTY
                    .withAt(name, "volume", "name")
                    .withAt(ScalarNode.text(ends[0]), "volume", "hostPath", "path")
                    .withAt(name, "volumeMount", "name")
                    .withAt(ScalarNode.text(ends[1]), "volumeMount", "mountPath"));
        }
        return new ListNode(nodes, Position.NONE);
    }
}
