package io.nucleon.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The functions that run on this machine for this user: a file {@code run/NAME@HASH.json} for each that somebody runs to work on it, where
 * HASH stands for its folder, and {@code run/deployed/NAME.json} for each that a platform keeps running, so that all can be found by one name.
 * Safe for many threads and processes: files are replaced as a whole; of two hosts that serve one folder the later one is found.
 */
public final class RunStates {
    /** A state is about 200 bytes; whatever is larger is none. */
    private static final long LARGEST_BYTES = 16 * 1024;

    private static final String RUN = "run";
    private static final String DEPLOYED = "run/deployed";
    private static final String SUFFIX = ".json";
    private static final Pattern CONTROL = Pattern.compile("control-([0-9]{1,18})-[0-9]+");

    private final UserFolders folders;

    /** Those in the given folders. */
    public RunStates(UserFolders folders) {
        this.folders = folders;
    }

    /** Makes a function known until the registration is closed. Fails if the folder can't be written; the function can run without. */
    public Registration publish(RunState state) throws IOException {
        if (!RunState.isName(state.name())) {
            throw new IOException("'" + state.name() + "' can't be the name of a file");
        }
        Path file = folders.runtime().resolve(state.deployed() ? DEPLOYED : RUN).resolve(fileName(state));
        UserFolders.write(file, state.toJson() + "\n");
        return new Registration(file, state);
    }

    private static String fileName(RunState state) {
        String name = state.deployed() ? state.name() : UserFolders.ofFolder(state.name(), state.source());
        return name + SUFFIX;
    }

    /**
     * Where a function of this process can take what commands ask: beside its file, so that what a killed host leaves is removed with that.
     *
     * @param number another one for each function
     */
    public Path control(int number) {
        return folders.runtime()
                .resolve(RUN)
                .resolve("control-" + ProcessHandle.current().pid() + "-" + number);
    }

    /** All functions whose host lives, by name, of one name the deployed one last, the others by folder. Files of hosts that died without a word are removed. */
    public List<RunState> alive() {
        List<RunState> alive = new ArrayList<>();
        for (Path folder : folders.all()) {
            readFolder(folder.resolve(RUN), alive);
            readFolder(folder.resolve(DEPLOYED), alive);
        }
        alive.sort(Comparator.comparing(RunState::name)
                .thenComparing(RunState::deployed)
                .thenComparing(RunState::source));
        return alive;
    }

    /**
     * The functions of that name, the one that is meant first: what somebody runs to work on it, the one that was started last first, then
     * the deployed one.
     *
     * @param deployedFirst whether a deployed one is meant before the other
     */
    public List<RunState> named(String name, boolean deployedFirst) {
        Comparator<RunState> order = Comparator.comparing(RunState::deployed);
        return alive().stream()
                .filter(state -> state.name().equals(name))
                .sorted((deployedFirst ? order.reversed() : order)
                        .thenComparing(
                                Comparator.comparingLong(RunState::sinceMillis).reversed()))
                .toList();
    }

    /** The function that was started from that folder or file. */
    public Optional<RunState> bySource(Path source) {
        Path real = real(source);
        return alive().stream().filter(state -> state.source().equals(real)).findFirst();
    }

    /** The path as hosts write it down: absolute, links resolved where it exists. */
    public static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    /** The folder of what is started from that folder or file, as hosts write it down. */
    public static Path folder(Path source) {
        Path real = real(source);
        return Files.isRegularFile(real) ? real.getParent() : real;
    }

    private static void readFolder(Path folder, List<RunState> alive) {
        if (!Files.isDirectory(folder) || !UserFolders.isPrivate(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                read(file).ifPresent(state -> {
                    if (state.isAlive()) {
                        alive.add(state);
                    } else {
                        remove(file, state);
                    }
                });
            }
        } catch (IOException e) {
            // Without the folder nothing is known to run, which is what the caller then says.
            return;
        }
        removeControls(folder);
    }

    private static void removeControls(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "control-*")) {
            for (Path file : files) {
                Matcher named = CONTROL.matcher(file.getFileName().toString());
                if (named.matches()
                        && ProcessHandle.of(Long.parseLong(named.group(1))).isEmpty()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            // They stay: nobody asks there.
            return;
        }
    }

    private static Optional<RunState> read(Path file) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST_BYTES) {
                return Optional.empty();
            }
            return RunState.fromJson(Files.readString(file))
                    .filter(state -> isNamed(file.getFileName().toString(), state));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** As it is named now, or as hosts of earlier versions named it. */
    private static boolean isNamed(String file, RunState state) {
        return file.equals(fileName(state)) || file.equals(state.name() + SUFFIX);
    }

    /**
     * Removes the file unless another host has taken it over. That may happen between a look and a removal, so it is put aside first: then
     * nobody replaces what is looked at.
     */
    private static void remove(Path file, RunState state) {
        if (read(file).filter(state::equals).isEmpty()) {
            return;
        }
        Path aside = file.resolveSibling("." + file.getFileName() + ".gone."
                + ProcessHandle.current().pid() + "-" + Thread.currentThread().threadId());
        try {
            Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
            if (!RunState.fromJson(Files.readString(aside)).equals(Optional.of(state))) {
                // Fails where a still later one is there by now.
                Files.createLink(file, aside);
            }
        } catch (IOException e) {
            // It stays, and stays ignored; or another command was faster.
            return;
        } finally {
            delete(aside);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Its name is none that is looked at.
            return;
        }
    }

    /** A function made known by this process. Closing takes it back, once. */
    public static final class Registration implements AutoCloseable {
        private final Path file;
        private final RunState state;

        private Registration(Path file, RunState state) {
            this.file = file;
            this.state = state;
        }

        @Override
        public void close() {
            remove(file, state);
        }
    }
}
