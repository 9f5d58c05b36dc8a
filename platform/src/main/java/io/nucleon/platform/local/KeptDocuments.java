package io.nucleon.platform.local;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.host.RunState;
import io.nucleon.host.UserFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Documents of a user under their names, a file of YAML each that he alone can read: functions that were imported and are not deployed yet,
 * projects. Safe for many processes: files are replaced as a whole.
 */
public final class KeptDocuments {
    private static final String SUFFIX = ".yaml";

    private final Path folder;

    KeptDocuments(Path folder) {
        this.folder = folder;
    }

    /** Names, in their order. */
    public List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .filter(RunState::isName)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw FunctionStore.unusable(folder, e);
        }
    }

    /** The file of a name, whether there is one or not. */
    public Path file(String name) {
        if (!RunState.isName(name)) {
            throw ErrorMessage.of(
                            ErrorCode.FUNCTION_NAME_INVALID,
                            "'" + name + "' can't be a name",
                            "it is a part of addresses and of files' names",
                            "use letters, digits and '-'")
                    .toException();
        }
        return folder.resolve(name + SUFFIX);
    }

    /** The document of that name. */
    public Optional<String> read(String name) {
        try {
            Path file = file(name);
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw FunctionStore.unusable(folder, e);
        }
    }

    /** Since when it is as it is, in ms since 1970; 0 if it is gone. */
    long writtenMillis(String name) {
        try {
            return Files.getLastModifiedTime(file(name)).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Keeps a document in the place of the one before. */
    public void write(String name, String yaml) {
        Path file = file(name);
        try {
            UserFolders.write(file, yaml);
        } catch (IOException e) {
            throw FunctionStore.unusable(folder, e);
        }
    }

    /** Whether there was one. */
    public boolean remove(String name) {
        try {
            return Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw FunctionStore.unusable(folder, e);
        }
    }
}
