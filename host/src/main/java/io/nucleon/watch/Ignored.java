package io.nucleon.watch;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * Which files below a function's folder are its code or settings, by their names: what functions write while they run must not have them
 * loaded anew, and neither what editors and tools leave. Immutable.
 *
 * @param globs of the user, for names or for paths below the function's folder that are ignored too
 */
public record Ignored(List<String> globs, List<PathMatcher> matchers) {

    private static final Set<String> FOLDERS = Set.of("node_modules", "bin", "obj", "__pycache__");

    private static final Set<String> CODE = Set.of(
            // languages of functions
            "py",
            "pyi",
            "js",
            "mjs",
            "cjs",
            "ts",
            "mts",
            "cts",
            "java",
            "class",
            "jar",
            "cs",
            "csproj",
            "rb",
            "sh",
            "bash",
            // what is written in others and called by them
            "pl",
            "awk",
            "sed",
            "jq",
            "lua",
            "wasm",
            // settings
            "yaml",
            "yml",
            "json",
            "toml",
            "ini",
            "cfg",
            "conf",
            "properties",
            "props",
            "targets",
            "xml",
            "env",
            // what code is completed by
            "sql",
            "graphql",
            "proto",
            "html",
            "tmpl",
            "tpl",
            "j2",
            "mustache",
            "hbs");

    private static final Set<String> NAMES = Set.of(".env", "requirements.txt", "Gemfile");

    public Ignored {
        globs = List.copyOf(globs);
        matchers = List.copyOf(matchers);
    }

    /** Nothing but what is always ignored. */
    public static final Ignored STANDARD = new Ignored(List.of(), List.of());

    /**
     * The same, and what matches these.
     *
     * @throws IllegalArgumentException for one that is no glob, with why
     */
    public static Ignored with(List<String> globs) {
        try {
            return new Ignored(
                    globs,
                    globs.stream()
                            .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                            .toList());
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e.getDescription() + " in '" + e.getPattern() + "'", e);
        }
    }

    /** Whether a folder of that name is not looked into. */
    boolean folder(Path relative) {
        String name = relative.getFileName().toString();
        return name.startsWith(".") || FOLDERS.contains(name) || named(relative);
    }

    boolean file(Path relative) {
        String name = relative.getFileName().toString();
        String ending = name.substring(name.lastIndexOf('.') + 1);
        boolean hidden = name.startsWith(".") || name.startsWith("#");
        boolean code = NAMES.contains(name) || (!hidden && name.length() > ending.length() && CODE.contains(ending));
        return !code || named(relative);
    }

    private boolean named(Path relative) {
        for (PathMatcher matcher : matchers) {
            if (matcher.matches(relative) || matcher.matches(relative.getFileName())) {
                return true;
            }
        }
        return false;
    }
}
