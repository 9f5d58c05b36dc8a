package io.nucleon.command;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.Place;
import io.nucleon.host.Ownership;
import io.nucleon.host.UserFolders;
import io.nucleon.spec.problem.Problem;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.problem.Report;
import io.nucleon.spec.yaml.Limits;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.Node;
import io.nucleon.spec.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds and reads the settings files of one working folder: the project's, the user's, the system's. Confined to one thread.
 *
 * <p>A file that others can have written is passed over: it would choose which interpreter runs and where images go.
 */
final class SettingsFiles {
    private static final String PROJECT = "nucleon.yaml";
    private static final String CONFIG = "config.yaml";
    private static final Path SYSTEM = Path.of("/etc/nucleon", CONFIG);

    private final Path folder;
    private final Problems problems = new Problems();

    private SettingsFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * What came of it.
     *
     * @param files those that could be read, the nearest first
     * @param problems of the others
     */
    record Found(List<SettingsFile> files, List<Problem> problems) {
        static final Found NONE = new Found(List.of(), List.of());
    }

    /** Reads the files that count in a folder. */
    static Found find(Map<String, String> env, Path folder) {
        return find(existing(env, folder, SYSTEM), folder);
    }

    /** Reads these, the nearest first. */
    static Found find(List<Path> paths, Path folder) {
        if (paths.isEmpty()) {
            return Found.NONE;
        }
        SettingsFiles reader = new SettingsFiles(folder);
        List<SettingsFile> files = new ArrayList<>();
        for (Path path : paths) {
            reader.read(path).ifPresent(files::add);
        }
        return new Found(List.copyOf(files), reader.problems.inOrder());
    }

    /** Whether one of the files has one of the words: cheaper than reading it, for pages that care about nothing else. */
    static boolean mention(Map<String, String> env, Path folder, List<String> words) {
        return existing(env, folder, SYSTEM).stream()
                .map(SettingsFiles::start)
                .anyMatch(text -> words.stream().anyMatch(text::contains));
    }

    /** The files that there are, the nearest first. */
    static List<Path> existing(Map<String, String> env, Path folder, Path system) {
        List<Path> existing = new ArrayList<>();
        if ("off".equals(env.get(FlagSources.SETTINGS))) {
            return existing;
        }
        for (Path above = folder.toAbsolutePath().normalize();
                above != null && existing.isEmpty();
                above = above.getParent()) {
            add(above.resolve(PROJECT), existing);
        }
        add(UserFolders.settings(env).resolve(CONFIG), existing);
        add(system, existing);
        return existing;
    }

    private static void add(Path file, List<Path> existing) {
        if (Files.isRegularFile(file)) {
            existing.add(file);
        }
    }

    private static String start(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(Limits.DEFAULT.maxBytes()), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // whoever needs it says so
        }
    }

    private Optional<SettingsFile> read(Path path) {
        String name = folder.equals(path.getParent()) ? PROJECT : path.toString();
        // Judged is what is then read, wherever a link points to meanwhile.
        Path real;
        try {
            real = path.toRealPath();
        } catch (IOException e) {
            return passOver(name, "it went away");
        }
        Optional<String> objection = Ownership.objection(real);
        if (objection.isPresent()) {
            return passOver(name, objection.get());
        }
        YamlReader reader = new YamlReader(name, Limits.DEFAULT, problems);
        Optional<Node> document = reader.text(real).flatMap(reader::read);
        if (document.isPresent() && !(document.get() instanceof MapNode)) {
            new Report(
                            problems,
                            ErrorCode.SETTINGS_WRONG,
                            document.get().position().place(),
                            "")
                    .here("holds no settings")
                    .why("it is " + document.get().describe() + ", not a mapping of flags")
                    .fix("write them like 'platform: docker'")
                    .add();
        }
        return document.map(node -> new SettingsFile(name, node instanceof MapNode map ? map : MapNode.EMPTY));
    }

    private Optional<SettingsFile> passOver(String name, String why) {
        new Report(problems, ErrorCode.SETTINGS_WRONG, Place.of(name, 0, 0), "")
                .warning()
                .here("is passed over")
                .why(why)
                .add();
        return Optional.empty();
    }
}
