package io.nucleon.tests.failure;

import io.nucleon.support.FileTree;
import io.nucleon.support.SourceTree;
import io.nucleon.support.exchange.Fields;
import io.nucleon.support.exchange.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/**
 * A language of {@code languages/}, one file each: adding one takes no Java. Its function is {@code tests/functions/LANGUAGE/faults}.
 * Immutable.
 *
 * @param name the file's name
 * @param spec what its function has as {@code spec}: runtime, handler, attributes
 * @param transports that its wrapper has
 * @param process what the command line of its workers contains
 * @param crash the signal by which a worker ends that got SIGSEGV
 * @param interpreter program on PATH that starts its wrapper; empty if there is no other than Nucleon's own
 * @param limited added to {@code spec} so that the run time's own memory is small, and its end the worker's; null where it throws instead
 */
record Language(
        String name,
        Map<String, Object> spec,
        List<String> transports,
        String process,
        String crash,
        String interpreter,
        Map<String, Object> limited) {

    private static final List<Language> ALL =
            YamlFile.all("tests/failure/languages").stream().map(Language::read).toList();

    /** All of them, in the order of their names. */
    static List<Language> all() {
        return ALL;
    }

    /**
     * Those that tests of every language run with; the system property {@code language} chooses one. A language that has functions and no
     * row here, as shell, has tests of its own.
     */
    static Stream<Language> chosen() {
        String name = System.getProperty("language", "");
        if (!Files.isDirectory(SourceTree.functions(name))) {
            throw new IllegalArgumentException("no language '" + name + "' in tests/functions");
        }
        return ALL.stream().filter(language -> name.isEmpty() || language.name().equals(name));
    }

    static Language of(String name) {
        return read(SourceTree.top().resolve("tests/failure/languages/" + name + ".yaml"));
    }

    private static Language read(Path file) {
        Fields fields = new Fields("languages/" + file.getFileName(), YamlFile.load(file));
        Map<String, Object> spec = fields.map("spec");
        List<Object> transports = fields.list("transports");
        Language language = new Language(
                YamlFile.topic(file),
                spec,
                transports.isEmpty()
                        ? List.of("shm", "unix")
                        : transports.stream().map(String::valueOf).toList(),
                fields.requiredText("process"),
                fields.text("crash", "SIGSEGV"),
                fields.text("interpreter", ""),
                fields.has("limited") ? fields.map("limited") : null);
        fields.done();
        return language;
    }

    String runtime() {
        return String.valueOf(spec.get("runtime"));
    }

    String handler() {
        return String.valueOf(spec.get("handler"));
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> attributes() {
        return (Map<String, Object>) spec.getOrDefault("runtimeAttributes", Map.of());
    }

    /** Puts its function with a {@code function.yaml} into a folder; Java is compiled, so that each worker need not. */
    void install(Path folder) throws IOException {
        FileTree.copy(SourceTree.functions(name).resolve("faults"), folder);
        writeSpec(folder, Map.of());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path source :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                compile(source);
            }
        }
    }

    private static void compile(Path source) throws IOException {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String target = source.getParent().toString();
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, "-cp", path, "-d", target, source.toString())
                != 0) {
            throw new AssertionError(source + " does not compile");
        }
        Files.delete(source);
    }

    /** Writes {@code function.yaml}, with more in its {@code spec}. */
    void writeSpec(Path folder, Map<String, Object> more) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(spec);
        more.forEach((key, value) -> all.merge(
                key,
                value,
                (old, given) -> old instanceof Map<?, ?> a && given instanceof Map<?, ?> b ? both(a, b) : given));
        Dump dump = new Dump(DumpSettings.builder().build());
        Files.writeString(folder.resolve("function.yaml"), dump.dumpToString(Map.of("spec", all)));
    }

    private static Map<Object, Object> both(Map<?, ?> under, Map<?, ?> over) {
        Map<Object, Object> both = new LinkedHashMap<>(under);
        both.putAll(over);
        return both;
    }

    @Override
    public String toString() {
        return name;
    }
}
