package io.nucleon.cli;

import io.nucleon.command.CodeFlags;
import io.nucleon.command.DeployOptions;
import io.nucleon.command.UsageError;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.spec.FunctionConfig;
import io.nucleon.spec.FunctionReader;
import io.nucleon.spec.Merge;
import io.nucleon.spec.ReadOptions;
import io.nucleon.spec.code.FunctionCode;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.yaml.Limits;
import io.nucleon.spec.yaml.ListNode;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.Node;
import io.nucleon.spec.yaml.Position;
import io.nucleon.spec.yaml.ScalarNode;
import io.nucleon.spec.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The function that a command line means: flags, and what its files say where flags are silent. A word is a path if it exists, is a folder's
 * short name or holds a slash, unless a flag says where the code is; else it is a name. Immutable.
 *
 * @param config as far as it is known before its code was fetched
 * @param folder relative paths of the configuration count from it
 * @param local the folder or file with the code, if it lies here
 * @param read the file that says what it is, and its handler as far as that is known; one line
 */
record GivenFunction(FunctionConfig config, Path folder, Optional<Path> local, String read) {

    /** Reads the function of {@code build}. */
    static GivenFunction of(String word, CodeFlags flags, Path current) {
        return read(word, flags, MapNode.EMPTY, current);
    }

    /** Reads the function of {@code deploy}. */
    static GivenFunction of(DeployOptions options, Path current) {
        return read(options.target(), options.code(), new DeployDocument(options).node(), current);
    }

    private static GivenFunction read(String word, CodeFlags flags, MapNode more, Path current) {
        boolean named = !flags.path().isEmpty()
                || !flags.file().isEmpty()
                || !flags.source().isEmpty();
        boolean isPath = !named
                && (word.isEmpty()
                        || word.equals(".")
                        || word.equals("..")
                        || word.indexOf('/') >= 0
                        || Files.exists(current.resolve(word)));
        if (!named && !isPath) {
            throw ErrorMessage.of(
                            ErrorCode.CODE_MISSING,
                            "no function at '" + word + "'",
                            "there is no such file or folder, seen from " + current,
                            "name its folder, or where the code is by --path")
                    .toException();
        }
        MapNode given = Merge.fill(CodeDocument.node(isPath ? "" : word, flags), more);
        String path = isPath ? (word.isEmpty() ? "." : word) : flags.path();
        if (!flags.file().isEmpty()) {
            given = Merge.fill(
                    given,
                    FunctionReader.read(current.resolve(flags.file())).value().raw());
        }
        return path.isEmpty() || path.matches("(?i)[a-z][a-z0-9+.-]*://.*")
                ? remote(given, path, current)
                : local(given, current.resolve(path).normalize(), current);
    }

    private static GivenFunction remote(MapNode given, String path, Path current) {
        MapNode full = path.isEmpty() ? given : given.withAt(ScalarNode.text(path), "spec", "build", "path");
        FunctionConfig config = FunctionReader.read(full, ReadOptions.DEFAULT).value();
        return new GivenFunction(config, current, Optional.empty(), told("flags", config));
    }

    /** Its file may say that the code is elsewhere; what is wrong with it is told here, with the user's own paths. */
    private static GivenFunction local(MapNode given, Path path, Path current) {
        FunctionCode code = FunctionCode.find(path, given, ReadOptions.DEFAULT).value();
        FunctionConfig config = code.config();
        Path file = code.configFile().or(code::entry).orElse(path);
        String read = told(file.getFileName().toString(), config);
        Path folder = Files.isDirectory(path)
                ? path
                : Optional.ofNullable(path.getParent()).orElse(current);
        boolean elsewhere = !config.spec().build().functionSourceCode().isEmpty()
                || List.of("git", "github", "archive", "s3")
                        .contains(config.spec().build().codeEntryType());
        if (elsewhere) {
            return new GivenFunction(config, folder, Optional.empty(), read);
        }
        MapNode full = given.withAt(ScalarNode.text(path.toString()), "spec", "build", "path");
        FunctionConfig here = FunctionReader.read(Merge.fill(full, config.raw().without("spec")), ReadOptions.DEFAULT)
                .asFarAsRead();
        return new GivenFunction(withBuildOf(here, config), folder, Optional.of(path), read);
    }

    private static String told(String file, FunctionConfig config) {
        String handler = config.spec().handler();
        return handler.isEmpty() ? file : file + ", handler " + handler;
    }

    /** How it is built must be known before its code is read. */
    private static FunctionConfig withBuildOf(FunctionConfig here, FunctionConfig read) {
        MapNode build = Merge.fill(
                here.raw().map("spec").map("build"), read.raw().map("spec").map("build"));
        return FunctionReader.read(here.raw().withAt(build, "spec", "build"), ReadOptions.DEFAULT)
                .asFarAsRead();
    }

    /** A value given as JSON or YAML. */
    static Node parsed(String flag, String text) {
        Problems problems = new Problems();
        Optional<Node> node = new YamlReader(flag, Limits.DEFAULT, problems).read(text);
        if (node.isEmpty() || problems.hasErrors()) {
            throw UsageError.badValue(flag, text, "it is no JSON", "");
        }
        return node.get();
    }

    static ListNode texts(List<String> texts) {
        List<Node> nodes = new ArrayList<>();
        texts.forEach(text -> nodes.add(ScalarNode.text(text)));
        return new ListNode(nodes, Position.NONE);
    }

    static MapNode texts(Map<String, String> texts) {
        MapNode map = MapNode.EMPTY;
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            map = map.with(entry.getKey(), ScalarNode.text(entry.getValue()));
        }
        return map;
    }

    /** {@code --source}: the text itself or {@code @FILE}, in base64. */
    static String sourceOf(String value) {
        try {
            byte[] source = value.startsWith("@")
                    ? Files.readAllBytes(Path.of(value.substring(1)))
                    : value.getBytes(StandardCharsets.UTF_8);
            return Base64.getEncoder().encodeToString(source);
        } catch (IOException e) {
            throw ErrorMessage.of(
                            ErrorCode.FILE_UNREADABLE,
                            value.substring(1) + " can't be read",
                            String.valueOf(e.getMessage()),
                            "name a file that is there")
                    .toException(e);
        }
    }
}
