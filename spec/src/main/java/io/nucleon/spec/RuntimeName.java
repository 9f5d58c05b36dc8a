package io.nucleon.spec;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A runtime as a file names it: {@code python} or {@code python:3.11}.
 *
 * @param name the part before the first colon
 * @param version the part behind it; empty when there is none
 */
public record RuntimeName(String name, String version) {
    /** The runtimes that Nucleon knows; which of them are installed is another question. */
    public static final List<String> KNOWN =
            List.of("python", "nodejs", "dotnetcore", "java", "shell", "ruby", "graaljs", "graalpy");

    /** nuclio has them, Nucleon has not. */
    public static final List<String> NUCLIO_ONLY = List.of("golang");

    /** Whose handlers hand back nothing that could be waited for. A wrapper that comes later says itself what it can. */
    private static final Set<String> ONE_AT_A_TIME = Set.of("java", "shell", "ruby");

    /** Whose handlers get the events of a batch one by one. */
    private static final Set<String> ONE_BY_ONE = Set.of("java", "shell");

    private static final Map<String, String> BY_EXTENSION = Map.of(
            "py", "python",
            "js", "nodejs",
            "cs", "dotnetcore",
            "java", "java",
            "go", "golang",
            "sh", "shell",
            "rb", "ruby");

    /** Splits a runtime's text; the empty text gives an empty name. */
    public static RuntimeName parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new RuntimeName(text.strip(), "")
                : new RuntimeName(
                        text.substring(0, colon).strip(),
                        text.substring(colon + 1).strip());
    }

    /** The runtime of a source file, by its extension; empty when it has none or an unknown one. */
    public static Optional<RuntimeName> ofFile(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return Optional.ofNullable(BY_EXTENSION.get(fileName.substring(dot + 1).toLowerCase(Locale.ROOT)))
                .filter(name -> dot >= 0)
                .map(name -> new RuntimeName(name, ""));
    }

    public boolean isEmpty() {
        return name.isEmpty();
    }

    public boolean isPython() {
        return name.equals("python") || name.equals("graalpy");
    }

    /** Whether its code runs in the processor, by jars that not every distribution has. */
    public boolean isOnGraalVm() {
        return name.startsWith("graal");
    }

    /** Whether a worker may have several events open, with {@code mode: async}. */
    public boolean takesSeveral() {
        return !ONE_AT_A_TIME.contains(name);
    }

    /** Whether a handler may get several events in one call, with {@code batch}. */
    public boolean takesBatches() {
        return !ONE_BY_ONE.contains(name);
    }

    /** What comments of its source files begin with. */
    public String commentMarker() {
        return switch (name) {
            case "python", "graalpy", "shell", "ruby" -> "#";
            default -> "//";
        };
    }

    /** The form in a file. */
    @Override
    public String toString() {
        return version.isEmpty() ? name : name + ":" + version;
    }
}
