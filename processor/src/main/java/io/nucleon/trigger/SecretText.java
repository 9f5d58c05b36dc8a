package io.nucleon.trigger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Secrets as nuclio's users write them: as they are, on one line, or as the path of a file that holds them. */
public final class SecretText {

    /** A certificate chain is some KiB. */
    private static final long MOST_BYTES = 1 << 20;

    private static final Pattern PEM_BLOCK = Pattern.compile("(-----BEGIN [A-Z ]+-----)(.*?)(-----END [A-Z ]+-----)");

    private SecretText() {}

    /** The content of the file of that name, absolute or below {@code folder}, if there is one; else the text. */
    public static String of(String text, String folder) {
        if (text.isEmpty() || text.contains("-----BEGIN") || text.length() > 1024) {
            return text;
        }
        try {
            Path file = folder.isEmpty() ? Path.of(text) : Path.of(folder).resolve(text);
            boolean named = file.isAbsolute() && Files.isRegularFile(file) && Files.size(file) <= MOST_BYTES;
            return named ? Files.readString(file, StandardCharsets.UTF_8).strip() : text;
        } catch (IOException | InvalidPathException notAFile) {
            return text;
        }
    }

    /** PEM that was written on one line, {@code @} or a blank in place of each line's end, has its lines back. */
    public static String pem(String text) {
        if (text.isEmpty() || text.contains("\n")) {
            return text;
        }
        if (text.contains("@")) {
            return text.replace('@', '\n');
        }
        Matcher block = PEM_BLOCK.matcher(text);
        StringBuilder lines = new StringBuilder();
        while (block.find()) {
            lines.append(block.group(1))
                    .append('\n')
                    .append(block.group(2).strip().replace(' ', '\n'))
                    .append('\n')
                    .append(block.group(3))
                    .append('\n');
        }
        return lines.isEmpty() ? text : lines.toString();
    }
}
