package io.nucleon.cli;

import io.nucleon.platform.Deployed;
import io.nucleon.spec.FunctionReader;
import io.nucleon.spec.Masking;
import io.nucleon.spec.yaml.ListNode;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.Node;
import io.nucleon.spec.yaml.NodeWriter;
import io.nucleon.spec.yaml.Position;
import io.nucleon.spec.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.List;

/** Functions as documents that can be deployed again. Stateless. */
final class NuctlExport {
    private NuctlExport() {}

    /**
     * One function as its document, several as a list.
     *
     * @param form {@code yaml} or {@code json}
     * @param scrub whether secrets and what belongs to this machine are left out, as exports do
     * @param cleans whether registries and the image of inline code are left out too
     */
    static String documents(List<Deployed> functions, String form, boolean scrub, boolean cleans) {
        List<Node> nodes = new ArrayList<>();
        functions.forEach(one -> nodes.add(document(one, scrub, cleans)));
        Node all = nodes.size() == 1 ? nodes.getFirst() : new ListNode(nodes, Position.NONE);
        return form.equals("json") ? NodeWriter.json(all) + "\n" : NodeWriter.yaml(all);
    }

    static MapNode document(Deployed one, boolean scrub, boolean cleans) {
        MapNode raw =
                FunctionReader.read(one.config(), "function.yaml").asFarAsRead().raw();
        MapNode document = cleans ? cleaned(raw) : raw;
        MapNode status = MapNode.EMPTY
                .with("state", ScalarNode.text(one.state()))
                .with("httpPort", ScalarNode.text(one.url().replaceFirst(".*:", "")));
        if (!scrub) {
            return Masking.mask(document).with("status", status);
        }
        MapNode metadata = document.map("metadata").without("namespace").without("resourceVersion");
        for (String skip : List.of("skip-build", "skip-deploy")) {
            metadata = metadata.withAt(ScalarNode.text("true"), "annotations", skip);
        }
        metadata = metadata.withAt(ScalarNode.text(one.state()), "annotations", "nuclio.io/previous-state");
        return Masking.mask(document.with("metadata", metadata));
    }

    private static MapNode cleaned(MapNode document) {
        MapNode spec = document.map("spec").without("runRegistry");
        MapNode build = spec.map("build");
        boolean isInline = build.get("functionSourceCode").isPresent();
        spec = build.isEmpty() ? spec : spec.with("build", build.without("registry"));
        return document.with("spec", isInline ? spec.without("image") : spec);
    }
}
