package io.nucleon.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Which function's journal it is, where its name does not tell: the folder that the function is run from, for those who list journals. */
public final class JournalSource {

    /** In a journal's folder: the path, absolute, and nothing else. */
    private static final String FILE = "source";

    private JournalSource() {}

    /** The folder of the function that last had the journal in a folder; empty if that is known by its name, or can't be read. */
    public static Optional<Path> of(Path journal) {
        try {
            Path file = journal.resolve(FILE);
            String text = Files.exists(file) ? Files.readString(file) : "";
            return text.startsWith("/") && text.indexOf('\0') < 0 ? Optional.of(Path.of(text)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // as of a journal that is being removed
        }
    }

    /** Leaves the path for those who look for the journal. */
    static void leave(Path journal, Path source) throws IOException {
        try (SideFile file = SideFile.create(journal, FILE)) {
            file.write(ByteBuffer.wrap(source.toString().getBytes(StandardCharsets.UTF_8)));
            file.finish(false);
        }
    }
}
