package io.nucleon.runtime.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.program.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * How the wrapper of one language is started: {@code wrappers/LANGUAGE/wrapper.json}, so that a further language needs a folder and no Java.
 * PROTOCOL.md, appendix A, says what each key means. Immutable.
 *
 * @param runtime name in {@code spec.runtime}
 * @param language word for people ({@code python}, {@code node})
 * @param folder where the wrapper is
 * @param variable environment variable that names an interpreter; empty = none
 * @param beside interpreters in the function's folder, which win over PATH
 * @param commands names to look for on PATH, in this order
 * @param versionArguments make the interpreter print its version
 * @param versionPattern finds versions in what it prints; null = it begins with the version
 * @param oldest version that the wrapper needs
 * @param missing code of the error when none is found
 * @param install what to do then
 * @param prepare command that makes the wrapper fit to start; empty = none
 * @param command arguments after the interpreter; <code>{wrapper}</code> is the folder
 * @param environment beside what every wrapper gets
 * @param versions options of the interpreter that only some of its versions need
 */
record WrapperManifest(
        String runtime,
        String language,
        Path folder,
        String variable,
        List<String> beside,
        List<String> commands,
        List<String> versionArguments,
        Pattern versionPattern,
        Version oldest,
        ErrorCode missing,
        String install,
        List<String> prepare,
        List<String> command,
        Map<String, String> environment,
        List<VersionOptions> versions) {

    /**
     * Options for the interpreters of a range of versions.
     *
     * @param before the first version that does not get them
     */
    record VersionOptions(Version from, Version before, List<String> options) {
        boolean covers(Version version) {
            return version.isAtLeast(from) && !version.isAtLeast(before);
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    static final String FILE = "wrapper.json";
    private static final String DEFAULT_MISSING = "NUC-4004";

    /**
     * The manifest of a runtime that {@link #readAll} has.
     *
     * @throws io.nucleon.error.NucleonException NUC-9001 if a manifest can't be read
     */
    static WrapperManifest of(String runtime, Path home) {
        return readAll(home).stream()
                .filter(one -> one.runtime.equals(runtime))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Every wrapper of the distribution that starts an interpreter, by the names of their folders.
     *
     * @throws io.nucleon.error.NucleonException NUC-9001 if a manifest can't be read
     */
    static List<WrapperManifest> readAll(Path home) {
        Path wrappers = home.resolve("wrappers");
        try (Stream<Path> folders = Files.list(wrappers)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve(FILE)))
                    .sorted()
                    .map(WrapperManifest::read)
                    .toList();
        } catch (IOException e) {
            throw unreadable(wrappers, e);
        }
    }

    /**
     * That of one folder.
     *
     * @throws io.nucleon.error.NucleonException NUC-9001 if it can't be read
     */
    static WrapperManifest read(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
            JsonNode interpreter = root.path("interpreter");
            return new WrapperManifest(
                    text(root, "runtime"),
                    text(root, "language"),
                    folder,
                    interpreter.path("variable").asText(""),
                    texts(interpreter.path("beside")),
                    texts(interpreter.path("commands")),
                    texts(interpreter.path("version")),
                    interpreter.has("pattern") ? Pattern.compile(text(interpreter, "pattern")) : null,
                    version(interpreter, "oldest"),
                    ErrorCode.of(interpreter.path("missing").asText(DEFAULT_MISSING)),
                    text(interpreter, "install"),
                    texts(root.path("prepare")),
                    texts(root.path("command")),
                    environment(root.path("environment")),
                    versions(root.path("versions")));
        } catch (IOException | PatternSyntaxException e) {
            throw unreadable(file, e);
        }
    }

    private static String text(JsonNode parent, String key) throws IOException {
        String text = parent.path(key).asText("");
        if (text.isEmpty()) {
            throw new IOException("no " + key);
        }
        return text;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.asText()));
        return List.copyOf(texts);
    }

    private static Map<String, String> environment(JsonNode object) {
        Map<String, String> environment = new LinkedHashMap<>();
        object.properties()
                .forEach(entry ->
                        environment.put(entry.getKey(), entry.getValue().asText()));
        return Map.copyOf(environment);
    }

    private static Version version(JsonNode parent, String key) throws IOException {
        return Version.parse(text(parent, key)).orElseThrow(() -> new IOException(key + " is no version"));
    }

    private static List<VersionOptions> versions(JsonNode list) throws IOException {
        List<VersionOptions> versions = new ArrayList<>();
        for (JsonNode one : list) {
            versions.add(new VersionOptions(version(one, "from"), version(one, "before"), texts(one.path("options"))));
        }
        return List.copyOf(versions);
    }

    private static RuntimeException unreadable(Path file, Exception cause) {
        return ErrorMessage.of(
                        ErrorCode.INTERNAL,
                        "reading " + file + " failed",
                        String.valueOf(cause.getMessage()),
                        "unpack Nucleon anew, or mend the wrapper that was added")
                .toException(cause);
    }
}
