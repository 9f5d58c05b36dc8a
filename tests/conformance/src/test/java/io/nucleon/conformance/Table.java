package io.nucleon.conformance;

import io.nucleon.support.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The table, read from {@code cases/}: one file a topic, each a list of groups that share a function and its setting. Stateless. */
final class Table {

    private static final Path FOLDER = SourceTree.top().resolve("tests/conformance");

    /**
     * A function with its setting, and cases.
     *
     * @param function folder below {@code tests/functions/LANGUAGE}
     * @param spec added to the {@code spec} of its function.yaml
     * @param environment added to the processor's
     * @param cases in the file's order
     */
    record Group(
            String topic,
            String function,
            Map<String, Object> spec,
            Map<String, String> environment,
            List<Case> cases) {
        Group {
            cases = List.copyOf(cases);
        }
    }

    private Table() {}

    /** All groups, files in the order of their names. */
    static List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            for (Object node : (List<?>) load(file)) {
                groups.add(group(name, new Fields("a group of " + name, node)));
            }
        }
        return groups;
    }

    /** A file's one document. */
    static Object load(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file + " failed", e);
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException(file + " is no YAML", e);
        }
    }

    static Object parse(String yaml) {
        LoadSettings settings =
                LoadSettings.builder().setAllowDuplicateKeys(false).build();
        return new Load(settings).loadFromString(yaml);
    }

    static Path file(String name) {
        return FOLDER.resolve(name);
    }

    private static List<Path> files() {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(FOLDER.resolve("cases"), "*.yaml")) {
            found.forEach(files::add);
        } catch (IOException e) {
            throw new UncheckedIOException("listing the cases failed", e);
        }
        files.sort(null);
        return files;
    }

    private static Group group(String file, Fields fields) {
        String function = fields.requiredText("function");
        Set<String> variants = variants(fields.place(), fields.list("languages"));
        if (variants.isEmpty()) {
            throw fields.wrong("has no 'languages'");
        }
        Map<String, Object> spec = fields.map("spec");
        Map<String, String> environment = new LinkedHashMap<>();
        fields.map("environment").forEach((name, value) -> environment.put(name, String.valueOf(value)));
        String pins = fields.text("pins", "");
        List<Case> cases = new ArrayList<>();
        fields.list("cases").forEach(node -> cases.add(Case.read(file, node, variants, pins)));
        fields.done();
        return new Group(file.substring(0, file.indexOf('.')), function, spec, environment, cases);
    }

    /** Words of variants; a language stands for all of its. */
    static Set<String> variants(String place, List<Object> words) {
        Set<String> variants = new HashSet<>();
        for (Object word : words) {
            List<String> meant = Arrays.stream(Variant.values())
                    .filter(variant ->
                            variant.language().equals(word) || variant.word().equals(word))
                    .map(Variant::word)
                    .toList();
            if (meant.isEmpty()) {
                throw new IllegalArgumentException(place + " names the unknown language '" + word + "'");
            }
            variants.addAll(meant);
        }
        return variants;
    }
}
