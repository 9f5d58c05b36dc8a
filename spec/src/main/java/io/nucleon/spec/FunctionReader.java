package io.nucleon.spec;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.problem.Report;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.Node;
import io.nucleon.spec.yaml.YamlReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Reads function.yaml and processor.yaml, YAML or JSON, and reports all that is wrong with them at once (NUC-1xxx). Nothing is
 * thrown for a bad file: see {@link Read}. Methods may be called from any thread.
 */
public final class FunctionReader {
    private FunctionReader() {}

    /** Reads a file. */
    public static Read<FunctionConfig> read(Path path) {
        return read(path, ReadOptions.DEFAULT);
    }

    public static Read<FunctionConfig> read(Path path, ReadOptions options) {
        var problems = new Problems();
        var reader = new YamlReader(path.toString(), options.limits(), problems);
        return document(reader.text(path).flatMap(reader::read), options, problems);
    }

    /** Reads a text; the name stands for it in messages. */
    public static Read<FunctionConfig> read(String text, String fileName) {
        return read(text, fileName, ReadOptions.DEFAULT);
    }

    public static Read<FunctionConfig> read(String text, String fileName, ReadOptions options) {
        var problems = new Problems();
        var reader = new YamlReader(fileName, options.limits(), problems);
        return document(reader.read(text), options, problems);
    }

    /** Reads bytes of unknown encoding, such as a request's body. */
    public static Read<FunctionConfig> read(byte[] bytes, String fileName, ReadOptions options) {
        var problems = new Problems();
        var reader = new YamlReader(fileName, options.limits(), problems);
        return document(reader.decode(bytes).flatMap(reader::read), options, problems);
    }

    /** Reads a tree that was merged or made of command line flags; its nodes keep the places that they come from. */
    public static Read<FunctionConfig> read(MapNode document, ReadOptions options) {
        return document(Optional.of(document), options, new Problems());
    }

    private static Read<FunctionConfig> document(Optional<Node> node, ReadOptions options, Problems problems) {
        if (node.isPresent() && !(node.get() instanceof MapNode) && !node.get().isNull()) {
            notAMapping(node.get(), problems);
        }
        MapNode raw = node.orElse(null) instanceof MapNode map ? map : MapNode.EMPTY;
        var fields = new Fields(raw, "", problems);
        fields.accept("apiVersion", "kind", "status");
        Metadata metadata = Metadata.read(fields.map("metadata"));
        FunctionSpec spec = FunctionSpec.read(fields.map("spec"), metadata.annotations(), options);
        outside(raw, fields);
        return new Read<>(new FunctionConfig(metadata, spec, raw), problems.inOrder());
    }

    /** Unknown fields beside metadata and spec: most are fields of one of them, not indented enough. */
    private static void outside(MapNode raw, Fields fields) {
        for (MapNode.Entry entry : raw.entries()) {
            String key = entry.key();
            if (key.equalsIgnoreCase("meta")) {
                fields.accept(key);
                legacyMeta(fields, entry);
            } else if (!fields.isAsked(key) && isOfSpec(key)) {
                fields.accept(key);
                misplaced(fields, entry, "spec." + key);
            }
        }
        fields.done();
    }

    private static boolean isOfSpec(String key) {
        var spec = new Fields(MapNode.EMPTY, "spec", new Problems());
        FunctionSpec.read(spec, Map.of(), ReadOptions.DEFAULT);
        return spec.isAsked(key);
    }

    private static void legacyMeta(Fields fields, MapNode.Entry entry) {
        warning(fields, ErrorCode.META_IGNORED, entry)
                .here("calls its block 'meta' instead of 'metadata'")
                .why("nuclio ignores it, so name and labels in it have no effect")
                .fix("write 'metadata:'")
                .add();
    }

    private static void misplaced(Fields fields, MapNode.Entry entry, String right) {
        warning(fields, ErrorCode.FIELD_UNKNOWN, entry)
                .here("has an unknown field " + entry.key())
                .why("nuclio ignores unknown fields silently, so nucleon accepts the file too: it has no effect")
                .fix("did you mean '" + right + "'? put it below 'spec:', two spaces deeper")
                .add();
    }

    private static Report warning(Fields fields, ErrorCode code, MapNode.Entry entry) {
        return new Report(fields.problems(), code, entry.position().place(), entry.key()).warning();
    }

    private static void notAMapping(Node node, Problems problems) {
        new Report(problems, ErrorCode.CONFIG_NOT_A_MAPPING, node.position().place(), "")
                .what("does not describe a function")
                .why("it holds " + node.describe() + " instead of a mapping")
                .fix("write 'metadata:' and 'spec:' with their fields below them")
                .add();
    }
}
