package io.nucleon.conformance;

import io.nucleon.support.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Files below {@code tests/conformance}, each with one document. Stateless. */
final class YamlFile {

    private static final Path FOLDER = SourceTree.top().resolve("tests/conformance");

    private YamlFile() {}

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

    /** A folder's files in the order of their names; none if there is no such folder. */
    static List<Path> all(String folder) {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(file(folder))) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(file(folder), "*.yaml")) {
                found.forEach(files::add);
            } catch (IOException e) {
                throw new UncheckedIOException("listing " + folder + " failed", e);
            }
        }
        files.sort(null);
        return files;
    }

    /** A file's name without its ending. */
    static String topic(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }
}
