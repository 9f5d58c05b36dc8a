package io.nucleon.support.exchange;

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

/** Files of the source tree that hold one document each. Stateless. */
public final class YamlFile {

    private YamlFile() {}

    /** A file's one document. */
    public static Object load(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file + " failed", e);
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException(file + " is no YAML", e);
        }
    }

    /** A text's one document; no key may be given twice. */
    public static Object parse(String yaml) {
        LoadSettings settings =
                LoadSettings.builder().setAllowDuplicateKeys(false).build();
        return new Load(settings).loadFromString(yaml);
    }

    /** The files of a folder below the tree's top, in the order of their names; none if there is no such folder. */
    public static List<Path> all(String name) {
        Path folder = SourceTree.top().resolve(name);
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.yaml")) {
                found.forEach(files::add);
            } catch (IOException e) {
                throw new UncheckedIOException("listing " + folder + " failed", e);
            }
        }
        files.sort(null);
        return files;
    }

    /** A file's name without its ending. */
    public static String topic(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }
}
