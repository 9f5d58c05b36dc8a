package io.nucleon.spec.platform;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.Read;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.problem.Report;
import io.nucleon.spec.yaml.Limits;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.Node;
import io.nucleon.spec.yaml.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads platform.yaml, YAML or JSON, and reports all that is wrong with it at once. Methods may be called from any thread. */
public final class PlatformReader {
    private PlatformReader() {}

    /** Reads a file; as in nuclio one that is not there gives the defaults. */
    public static Read<PlatformConfig> read(Path path) {
        if (Files.notExists(path)) {
            return defaults();
        }
        var problems = new Problems();
        var reader = new YamlReader(path.toString(), Limits.DEFAULT, problems);
        return document(reader.text(path).flatMap(reader::read), problems);
    }

    /** Reads a text; the name stands for it in messages. */
    public static Read<PlatformConfig> read(String text, String fileName) {
        var problems = new Problems();
        return document(new YamlReader(fileName, Limits.DEFAULT, problems).read(text), problems);
    }

    /** What a platform without a file is set to. */
    public static Read<PlatformConfig> defaults() {
        return document(Optional.of(MapNode.EMPTY), new Problems());
    }

    private static Read<PlatformConfig> document(Optional<Node> node, Problems problems) {
        if (node.isPresent() && !(node.get() instanceof MapNode) && !node.get().isNull()) {
            new Report(
                            problems,
                            ErrorCode.CONFIG_NOT_A_MAPPING,
                            node.get().position().place(),
                            "")
                    .what("does not describe a platform")
                    .why("it holds " + node.get().describe() + " instead of a mapping")
                    .fix("write fields such as 'logger:' and 'metrics:'")
                    .add();
        }
        MapNode raw = node.orElse(null) instanceof MapNode map ? map : MapNode.EMPTY;
        PlatformConfig config = PlatformConfig.read(new Fields(raw, "", problems), raw);
        return new Read<>(config, problems.inOrder());
    }
}
