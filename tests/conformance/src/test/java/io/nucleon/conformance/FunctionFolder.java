package io.nucleon.conformance;

import io.nucleon.support.FileTree;
import io.nucleon.support.exchange.Fields;
import io.nucleon.support.exchange.YamlFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/** A copy of a function with the function.yaml that a variant and a group want. */
final class FunctionFolder {

    private static final String CONFIG = "function.yaml";

    private FunctionFolder() {}

    /** Makes it below {@code target/functions} and gives its path. */
    static Path make(Variant variant, Table.Group group, String label) {
        Path source = variant.language().function(group.function());
        Path folder = Path.of("target/functions", label).toAbsolutePath();
        try {
            FileTree.copy(source, folder);
            Path config = folder.resolve(CONFIG);
            Files.writeString(config, config(variant, group, Files.exists(config) ? config : null));
        } catch (IOException e) {
            throw new UncheckedIOException("making the function " + source + " failed", e);
        }
        return folder;
    }

    /** {@code own}: the function's, whose spec stands between the language's and the group's; null if it has none. */
    private static String config(Variant variant, Table.Group group, Path own) {
        Map<String, Object> spec = new LinkedHashMap<>(variant.language().spec());
        spec.put("triggers", Map.of("http", Map.of("kind", "http", "numWorkers", 1)));
        if (own != null) {
            spec = merged(spec, new Fields(own.toString(), YamlFile.load(own)).map("spec"));
        }
        spec = merged(spec, variant.spec());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", "nuclio.io/v1");
        document.put("kind", "NuclioFunction");
        document.put("metadata", Map.of("name", group.function(), "namespace", "tests"));
        document.put("spec", merged(spec, group.spec()));
        return new Dump(DumpSettings.builder().build()).dumpToString(document);
    }

    /** Mappings are merged, everything else is replaced. */
    private static Map<String, Object> merged(Map<?, ?> under, Map<?, ?> over) {
        Map<String, Object> merged = new LinkedHashMap<>();
        under.forEach((key, value) -> merged.put(String.valueOf(key), value));
        over.forEach((key, value) -> merged.merge(
                String.valueOf(key),
                value,
                (old, given) -> old instanceof Map<?, ?> a && given instanceof Map<?, ?> b ? merged(a, b) : given));
        return merged;
    }

    /** Words that tell groups with different settings apart; equal ones share a processor. */
    static List<Object> setting(Table.Group group) {
        return List.of(group.function(), group.spec(), group.environment());
    }
}
