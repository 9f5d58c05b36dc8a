package io.nucleon.platform.local;

import io.nucleon.builder.source.CodeTree;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.JsonWriter;
import io.nucleon.host.JsonReader;
import io.nucleon.host.RunState;
import io.nucleon.host.UserFolders;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is on disk of one deployed function: {@code versions/N}, which a build made, {@code state.json}, which says which one serves and at
 * what port, and its logs. Written by the daemon alone, under the function's lock.
 */
record FunctionStore(Path folder) {
    private static final String STATE = "state.json";
    private static final String VERSIONS = "versions";
    private static final int KEPT_VERSIONS = 5;

    /**
     * What of a function outlives its processes.
     *
     * @param version that serves; 0 if none does yet
     * @param port of its address; 0 if it has none yet
     * @param failed why a version that nobody waited for does not serve; empty if the last one does
     */
    record State(int version, int port, String failed) {
        static final State NONE = new State(0, 0, "");
    }

    /** That of a function, whether it exists or not. */
    static FunctionStore of(Path functions, String name) {
        if (!RunState.isName(name)) {
            throw ErrorMessage.of(
                            ErrorCode.FUNCTION_NAME_INVALID,
                            "'" + name + "' can't be a function's name",
                            "it is a part of addresses and of files' names",
                            "use letters, digits and '-'")
                    .toException();
        }
        return new FunctionStore(functions.resolve(name));
    }

    /** Those that exist. */
    static List<String> names(Path functions) {
        if (!Files.isDirectory(functions)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(functions)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve(STATE)))
                    .map(folder -> folder.getFileName().toString())
                    .filter(RunState::isName)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unusable(functions, e);
        }
    }

    String name() {
        return folder.getFileName().toString();
    }

    Path logs() {
        return folder.resolve("logs");
    }

    Path version(int number) {
        return folder.resolve(VERSIONS).resolve(String.valueOf(number));
    }

    /** Oldest first. */
    List<Integer> versions() {
        Path versions = folder.resolve(VERSIONS);
        if (!Files.isDirectory(versions)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(versions)) {
            return folders.map(one -> one.getFileName().toString())
                    .filter(one -> one.matches("[1-9]\\d{0,8}"))
                    .map(Integer::valueOf)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    State state() {
        try {
            Map<String, Object> members =
                    JsonReader.object(Files.readString(folder.resolve(STATE))).orElse(Map.of());
            return new State(
                    (int) JsonReader.number(members, "version"),
                    (int) JsonReader.number(members, "port"),
                    JsonReader.text(members, "failed"));
        } catch (IOException e) {
            return State.NONE;
        }
    }

    void write(State state) {
        try {
            UserFolders.write(folder.resolve(STATE), json(state));
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** Makes it one of those that exist, before a version serves; one that does stays as it is. */
    void found() {
        try {
            UserFolders.makePrivate(folder);
            Files.writeString(folder.resolve(STATE), json(State.NONE), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            return;
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    private static String json(State state) {
        return new JsonWriter()
                        .object()
                        .name("apiVersion")
                        .value("v1")
                        .name("version")
                        .value(state.version)
                        .name("port")
                        .value(state.port)
                        .name("failed")
                        .value(state.failed)
                        .endObject()
                + "\n";
    }

    /** Takes a built folder over as the next version and returns its number. */
    int add(Path built) {
        List<Integer> there = versions();
        int number = Math.max(there.isEmpty() ? 0 : there.getLast(), state().version) + 1;
        try {
            UserFolders.makePrivate(folder.resolve(VERSIONS));
            Files.move(built, version(number), StandardCopyOption.ATOMIC_MOVE);
            return number;
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    void remove(int number) {
        try {
            CodeTree.remove(version(number));
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** Removes the oldest ones beyond those that are kept, never the one that serves. */
    void prune(int serving) {
        List<Integer> old = new ArrayList<>(versions());
        old.remove(Integer.valueOf(serving));
        old.stream().limit(Math.max(0, old.size() - KEPT_VERSIONS + 1)).forEach(this::remove);
    }

    /** Removes all of it. */
    void removeAll() {
        try {
            CodeTree.remove(folder);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** function.yaml of a version; empty if it can't be read. */
    Optional<String> config(int number) {
        try {
            return Optional.of(Files.readString(version(number).resolve("function.yaml")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static RuntimeException unusable(Path folder, IOException e) {
        return ErrorMessage.of(
                        ErrorCode.PLATFORM_STATE_UNUSABLE,
                        "the local platform's folder " + folder + " can't be used",
                        e.getClass().getSimpleName() + ": " + e.getMessage(),
                        "see that the disk has room and the folder is yours")
                .toException(e);
    }
}
