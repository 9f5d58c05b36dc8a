package io.nucleon.cli;

import io.nucleon.cli.bench.BenchResult;
import io.nucleon.command.Terminal;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Results of benches in {@code .nucleon/bench} of the folder, which are meant to be committed. Stateless. */
final class BenchFiles {
    private static final String FOLDER = ".nucleon/bench";
    private static final String SUFFIX = ".json";

    /** A result of a hundred runs is well below. */
    private static final long LARGEST_BYTES = 4 << 20;

    private BenchFiles() {}

    /** Where the result of that name is kept. */
    static Path file(Terminal terminal, String name) {
        return terminal.folder().resolve(FOLDER).resolve(name + SUFFIX);
    }

    /** The result of that name, or in the file of that name. */
    static BenchResult read(Terminal terminal, String name) {
        Path named = file(terminal, name);
        Path file = Files.exists(named) ? named : terminal.folder().resolve(name);
        try {
            if (Files.size(file) <= LARGEST_BYTES && Files.isRegularFile(file)) {
                return BenchResult.fromJson(Files.readString(file))
                        .orElseThrow(() -> unreadable(name, "it holds no bench"));
            }
            throw unreadable(name, "it holds no bench");
        } catch (NoSuchFileException e) {
            List<String> names = names(terminal);
            throw ErrorMessage.of(
                            ErrorCode.BENCH_MISSING,
                            "no bench '" + name + "'",
                            names.isEmpty()
                                    ? "none is kept in " + FOLDER
                                    : "kept in " + FOLDER + ": " + NearestName.list(names),
                            NearestName.to(name, names)
                                    .map(near -> "did you mean '" + near + "'?")
                                    .orElse("keep one: nucleon bench NAME --save " + name))
                    .toException(e);
        } catch (IOException e) {
            throw unreadable(name, String.valueOf(e.getMessage()));
        }
    }

    /** Replaces a file as a whole, with the folders above it. */
    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
            Files.writeString(fresh, text);
            Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    static RuntimeException unwritable(Path file, IOException e) {
        return ErrorMessage.of(
                        ErrorCode.FILE_UNWRITABLE,
                        file + " can't be written",
                        String.valueOf(e.getMessage()),
                        "see that the folder can be written to")
                .toException(e);
    }

    private static List<String> names(Terminal terminal) {
        try (Stream<Path> files = Files.list(terminal.folder().resolve(FOLDER))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX) && !name.startsWith("."))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static RuntimeException unreadable(String name, String why) {
        return ErrorMessage.of(
                        ErrorCode.BENCH_UNREADABLE,
                        "bench '" + name + "' can't be read",
                        why,
                        "keep it again: nucleon bench NAME --save " + name)
                .toException();
    }
}
