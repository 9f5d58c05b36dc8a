package io.nucleon.conformance;

import io.nucleon.support.exchange.Fields;
import io.nucleon.support.exchange.YamlFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The table, read from {@code cases/}: one file a topic, each a list of groups that share a function and its setting. Stateless. */
final class Table {

    private static final List<Group> GROUPS = read();

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

    /**
     * All groups: those of {@code cases/TOPIC.yaml}, which languages share, then those of {@code cases/FOLDER/TOPIC.yaml}, which are for
     * the languages that name the folder as theirs.
     */
    static List<Group> groups() {
        return GROUPS;
    }

    private static List<Group> read() {
        List<Group> groups = new ArrayList<>();
        for (Path file : YamlFile.all("tests/conformance/cases")) {
            String topic = YamlFile.topic(file);
            groups.addAll(groups(
                    file,
                    file.getFileName().toString(),
                    language -> language.shared().contains(topic)));
        }
        Set<String> folders = new TreeSet<>();
        Language.all().forEach(language -> folders.addAll(language.folders()));
        for (String folder : folders) {
            for (Path file : YamlFile.all("tests/conformance/cases/" + folder)) {
                groups.addAll(groups(
                        file,
                        folder + "/" + file.getFileName(),
                        language -> language.folders().contains(folder)));
            }
        }
        return List.copyOf(groups);
    }

    private static List<Group> groups(Path file, String name, Predicate<Language> isFor) {
        Set<String> variants = Language.variants().stream()
                .filter(variant -> isFor.test(variant.language()))
                .map(Variant::word)
                .collect(Collectors.toSet());
        return ((List<?>) YamlFile.load(file))
                .stream()
                        .map(node -> group(YamlFile.topic(file), new Fields("a group of " + name, node), variants))
                        .toList();
    }

    private static Group group(String topic, Fields fields, Set<String> all) {
        String function = fields.requiredText("function");
        Set<String> variants = fields.has("languages") ? variants(fields.place(), fields.list("languages")) : all;
        Map<String, Object> spec = fields.map("spec");
        Map<String, String> environment = new LinkedHashMap<>();
        fields.map("environment").forEach((name, value) -> environment.put(name, String.valueOf(value)));
        String pins = fields.text("pins", "");
        List<Case> cases = new ArrayList<>();
        fields.list("cases").forEach(node -> cases.add(Case.read(topic, node, variants, pins)));
        fields.done();
        return new Group(topic, function, spec, environment, cases);
    }

    /** Words of variants; a language stands for all of its. */
    static Set<String> variants(String place, List<Object> words) {
        Set<String> variants = new HashSet<>();
        for (Object word : words) {
            List<String> meant = Language.variants().stream()
                    .filter(variant -> variant.language().name().equals(word)
                            || variant.word().equals(word))
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
