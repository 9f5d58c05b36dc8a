package io.nucleon.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where Nucleon keeps a user's files, by the rules of the XDG base directories. Immutable.
 *
 * @param state what should outlive a restart: {@code $XDG_STATE_HOME/nucleon}
 * @param runtime what should not: {@code $XDG_RUNTIME_DIR/nucleon}; the same as {@code state} where the system has none
 */
public record UserFolders(Path state, Path runtime) {

    private static final String PLACE = ".place";
    /** Behind a function's name, which has no such character: the folder that it is run from. */
    private static final Pattern RUN = Pattern.compile("([^@]+)@[0-9a-f]{8}");

    private static final int MARK_BYTES = 4;

    /** The folders of the user whose environment this is. Relative values are ignored, as the rules say. */
    public static UserFolders of(Map<String, String> env) {
        Path state = absolute(env.get("XDG_STATE_HOME"), home(env).resolve(".local/state"))
                .resolve("nucleon");
        Path runtime = absolute(env.get("XDG_RUNTIME_DIR"), null);
        return new UserFolders(
                state, runtime == null || !Files.isDirectory(runtime) ? state : runtime.resolve("nucleon"));
    }

    /** Where the user's settings lie: {@code $XDG_CONFIG_HOME/nucleon}. */
    public static Path settings(Map<String, String> env) {
        return absolute(env.get("XDG_CONFIG_HOME"), home(env).resolve(".config"))
                .resolve("nucleon");
    }

    /** Where the journal of a function is that is known by its name, as a deployed one, unless a platform says otherwise. */
    public Path journal(String function) {
        return state.resolve("journal").resolve(RunState.isName(function) ? function : "function");
    }

    /**
     * Where the journal of a function is that somebody runs: functions of one name in several folders have one each.
     *
     * @param source the folder, or a file in it
     */
    public Path journal(String function, Path source) {
        Path named = journal(function);
        return named.resolveSibling(ofFolder(named.getFileName().toString(), source));
    }

    /** {@code NAME@HASH}: a function that is run from one folder, told from others of that name. */
    static String ofFolder(String function, Path source) {
        return function + "@" + mark(RunStates.folder(source));
    }

    /** Short, since the journal's socket lies below it. */
    private static String mark(Path folder) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(folder.toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, MARK_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Where the journal of a function was when it last ran for this user: there, or where its platform had it ({@link #journalIsAt}). */
    public Path lastJournal(String function) {
        Path usual = journal(function);
        Path note = noteBeside(usual);
        try {
            if (isPrivate(note.getParent()) && Files.isRegularFile(note, LinkOption.NOFOLLOW_LINKS)) {
                String text = Files.readString(note).strip();
                if (text.startsWith("/") && text.indexOf('\0') < 0) {
                    return Path.of(text);
                }
            }
        } catch (IOException e) {
            // then it is looked for where it usually is
        }
        return usual;
    }

    /** Where functions of this user have had journals, in no order. */
    public List<JournalFolder> journals() {
        Path folder = state.resolve("journal");
        if (!Files.isDirectory(folder) || !isPrivate(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(this::journalAt)
                    .flatMap(Optional::stream)
                    .distinct()
                    .toList();
        } catch (IOException e) {
            return List.of(); // as good as none: what is asked for is then said to be nowhere
        }
    }

    private Optional<JournalFolder> journalAt(Path entry) {
        String file = entry.getFileName().toString();
        Matcher run = RUN.matcher(file);
        if (run.matches()) {
            return Optional.of(run.group(1)).filter(RunState::isName).map(name -> new JournalFolder(name, entry, true));
        }
        String name =
                file.startsWith(".") && file.endsWith(PLACE) ? file.substring(1, file.length() - PLACE.length()) : file;
        return Optional.of(name).filter(RunState::isName).map(one -> new JournalFolder(one, lastJournal(one), false));
    }

    /** Notes where a function has its journal, so that commands find it even when the function does not run. */
    public void journalIsAt(String function, Path folder) throws IOException {
        Path usual = journal(function);
        if (folder.equals(usual)) {
            Files.deleteIfExists(noteBeside(usual));
        } else {
            write(noteBeside(usual), folder.toAbsolutePath().normalize() + "\n");
        }
    }

    /** Not in the folder, which is a journal's as soon as something lies in it. */
    private static Path noteBeside(Path journal) {
        return journal.resolveSibling("." + journal.getFileName() + PLACE);
    }

    /** Both, the one to write to first; one only if they are the same. */
    List<Path> all() {
        List<Path> all = new ArrayList<>(List.of(runtime));
        if (!state.equals(runtime)) {
            all.add(state);
        }
        return all;
    }

    /** Makes a folder that only the user can enter, with those above it. */
    public static Path makePrivate(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        return folder;
    }

    /** Whether nobody but this user (or root) can have written into the folder. */
    static boolean isPrivate(Path folder) {
        return Ownership.objection(folder).isEmpty();
    }

    /** Replaces a file as a whole, readable by the user alone: a reader sees the old or the new one. */
    public static void write(Path file, String text) throws IOException {
        makePrivate(file.getParent());
        // Named after process and thread: a random name costs a command more than the rest of its end.
        Path fresh = file.resolveSibling("." + file.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + Thread.currentThread().threadId());
        try {
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static Path home(Map<String, String> env) {
        return absolute(env.get("HOME"), Path.of(System.getProperty("user.home", "/")));
    }

    private static Path absolute(String value, Path otherwise) {
        return value == null || !value.startsWith("/") ? otherwise : Path.of(value);
    }
}
