package io.nucleon.conformance;

import io.nucleon.support.SourceTree;
import io.nucleon.support.exchange.Fields;
import io.nucleon.support.exchange.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A language of {@code languages/}, one file each: adding one takes no Java. Immutable.
 *
 * @param name the file's name
 * @param folders below {@code cases} and {@code tests/functions} that hold its own cases and functions; of functions the first one counts
 * @param spec what every function of the language has in its {@code spec}: runtime, handler
 * @param ways how its handlers are reached, and what each of them adds to {@code spec}
 * @param shared topics of the shared table that hold for it
 * @param lacks shared cases ({@code topic: name}) that it can't fulfil, and why
 * @param least so many cases each of its variants has at least
 */
record Language(
        String name,
        List<String> folders,
        Map<String, Object> spec,
        Map<String, Map<String, Object>> ways,
        Set<String> shared,
        Map<String, String> lacks,
        int least) {

    private static final List<Language> ALL = read();

    Language {
        folders = List.copyOf(folders);
        shared = Set.copyOf(shared);
    }

    /** All of them, in the order of their names. */
    static List<Language> all() {
        return ALL;
    }

    /** Whether the system property {@code language}, a language or one of its variants, leaves in what a file of that name holds. */
    static boolean isChosen(String topic) {
        String chosen = System.getProperty("language", "");
        return chosen.isEmpty() || chosen.equals(topic) || chosen.startsWith(topic + "-");
    }

    /** All variants of all languages. */
    static List<Variant> variants() {
        return ALL.stream().flatMap(Language::ownVariants).toList();
    }

    /** Ways of one language, in the file's order. */
    Stream<Variant> ownVariants() {
        return ways.keySet().stream().map(way -> new Variant(this, way));
    }

    /** Where a function of the table lies for it. */
    Path function(String function) {
        return folders.stream()
                .map(folder -> SourceTree.functions(folder).resolve(function))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no function '" + function + "' for " + name + " in tests/functions/" + folders));
    }

    private static List<Language> read() {
        return YamlFile.all("tests/conformance/languages").stream()
                .map(Language::read)
                .toList();
    }

    private static Language read(Path file) {
        String name = YamlFile.topic(file);
        Fields fields = new Fields("languages/" + file.getFileName(), YamlFile.load(file));
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("runtime", fields.text("runtime", name));
        spec.put("handler", fields.requiredText("handler"));
        spec.putAll(fields.map("spec"));
        Language language = new Language(
                name,
                fields.has("folders") ? words(fields.list("folders")) : List.of(name),
                spec,
                ways(fields),
                Set.copyOf(words(fields.list("shared"))),
                lacks(fields),
                fields.number("least", 0));
        fields.done();
        if (language.ways().isEmpty() || language.least() == 0) {
            throw fields.wrong("has no 'ways' or no 'least'");
        }
        return language;
    }

    private static Map<String, Map<String, Object>> ways(Fields fields) {
        Map<String, Map<String, Object>> ways = new LinkedHashMap<>();
        fields.map("ways").forEach((way, spec) -> ways.put(way, new Fields(way, spec).rest()));
        return ways;
    }

    private static Map<String, String> lacks(Fields fields) {
        Map<String, String> lacks = new LinkedHashMap<>();
        fields.list("lacks").forEach(node -> {
            Fields one = new Fields(fields.place() + ", lacks", node);
            lacks.put(one.requiredText("case"), one.requiredText("why"));
            one.done();
        });
        return lacks;
    }

    private static List<String> words(List<Object> values) {
        List<String> words = new ArrayList<>();
        values.forEach(value -> words.add(String.valueOf(value)));
        return words;
    }
}
