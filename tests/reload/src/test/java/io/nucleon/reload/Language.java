package io.nucleon.reload;

import io.nucleon.support.FileTree;
import io.nucleon.support.SourceTree;
import io.nucleon.support.exchange.Fields;
import io.nucleon.support.exchange.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/**
 * A language of {@code languages/}, one file each: adding one takes no Java. Immutable.
 *
 * @param name the file's name
 * @param spec what its function has as {@code spec}
 * @param file of the handler
 * @param good code that answers with the word VERSION
 * @param broken code that can't be loaded; empty where that isn't told before an event comes
 * @param code of the message about it
 * @param at the place that the message names
 * @param saves so many in a test; fewer where a version takes long to get ready
 */
record Language(
        String name,
        Map<String, Object> spec,
        String file,
        String good,
        String broken,
        String code,
        String at,
        int saves) {

    private static final int SAVES = 50;

    /** The system property {@code language} chooses one. */
    static Stream<Language> chosen() {
        return YamlFile.all("tests/reload/languages").stream()
                .filter(file -> YamlFile.topic(file).startsWith(System.getProperty("language", "")))
                .map(Language::read);
    }

    static Language of(String name) {
        return read(SourceTree.top().resolve("tests/reload/languages/" + name + ".yaml"));
    }

    private static Language read(Path file) {
        Fields fields = new Fields("languages/" + file.getFileName(), YamlFile.load(file));
        Map<String, Object> spec = fields.map("spec");
        int saves = fields.number("saves", SAVES);
        Language language;
        if (fields.has("like")) {
            Language other = of(fields.requiredText("like"));
            language = new Language(
                    YamlFile.topic(file), spec, other.file, other.good, other.broken, other.code, other.at, saves);
        } else {
            language = new Language(
                    YamlFile.topic(file),
                    spec,
                    fields.requiredText("file"),
                    fields.requiredText("good"),
                    fields.text("broken", ""),
                    fields.text("code", ""),
                    fields.text("at", ""),
                    saves);
        }
        fields.done();
        return language;
    }

    /** A new folder with the function's first version. */
    Path install(String label) throws IOException {
        Path folder = Path.of("target/functions", label).toAbsolutePath();
        FileTree.delete(folder);
        Files.createDirectories(folder);
        describe(folder, Map.of());
        Files.writeString(folder.resolve(file), version(1));
        return folder;
    }

    /** Writes function.yaml, with more in its {@code spec}. */
    void describe(Path folder, Map<String, Object> more) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(spec);
        all.putAll(more);
        Dump dump = new Dump(DumpSettings.builder().build());
        save(folder.resolve("function.yaml"), dump.dumpToString(Map.of("spec", all)));
    }

    /** Code that answers {@code vN}. */
    String version(int number) {
        return good.replace("VERSION", "v" + number);
    }

    /** Saves as most editors do: another file takes the old one's name. */
    static void save(Path file, String text) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + ".new");
        Files.writeString(beside, text);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public String toString() {
        return name;
    }
}
