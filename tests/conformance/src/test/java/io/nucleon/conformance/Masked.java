package io.nucleon.conformance;

import io.nucleon.support.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** Texts that are compared word for word but for places that differ from machine to machine, and the files that a case brings along. */
final class Masked {

    /** Each stands for a pattern. */
    private static final Map<String, String> MASKS = Map.of(
            "<version>", "[0-9]+(\\.[0-9]+)+",
            "<number>", "[0-9]+(\\.[0-9]+)?",
            "<event>", "[0-9A-HJKMNP-TV-Z]{26}",
            "<any>", ".*",
            "<lines>", "(?s:.*)");

    private Masked() {}

    /** What a text with masks matches. */
    static Pattern pattern(String text) {
        String pattern = Pattern.quote(text);
        for (Map.Entry<String, String> mask : MASKS.entrySet()) {
            pattern = pattern.replace(mask.getKey(), "\\E" + mask.getValue() + "\\Q");
        }
        return Pattern.compile(pattern);
    }

    /** A new folder with those files, by path below it; one that begins as a script may be executed. Deleted with {@link FileTree}. */
    static Path folder(Map<String, Object> files) throws IOException {
        Path folder = Files.createTempDirectory("nuc");
        for (Map.Entry<String, Object> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            String text = String.valueOf(file.getValue());
            Files.writeString(path, text);
            if (text.startsWith("#!") && !path.toFile().setExecutable(true)) {
                throw new IOException(path + " can't be made executable");
            }
        }
        return folder;
    }
}
