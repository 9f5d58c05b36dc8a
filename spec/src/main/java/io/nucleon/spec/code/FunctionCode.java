package io.nucleon.spec.code;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.Place;
import io.nucleon.spec.FunctionConfig;
import io.nucleon.spec.FunctionReader;
import io.nucleon.spec.Merge;
import io.nucleon.spec.Read;
import io.nucleon.spec.ReadOptions;
import io.nucleon.spec.RuntimeName;
import io.nucleon.spec.problem.Problem;
import io.nucleon.spec.problem.Problems;
import io.nucleon.spec.problem.Report;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.ScalarNode;
import io.nucleon.spec.yaml.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A function as it lies in a folder or file: its configuration, and what the code tells where the configuration is silent. The order
 * is nuclio's: what is given first wins, function.yaml fills it, else the block in the source file's comments.
 *
 * @param folder where the code is
 * @param entry the source file with the handler; empty when none was found or the code is a jar
 * @param configFile function.yaml, empty when there is none
 * @param config merged, with runtime and handler filled in as far as they could be told
 * @param names what the entry defines; empty without entry
 * @param lookedFor files that were looked for and not found, for the message that there is no function (NUC-4020)
 */
public record FunctionCode(
        Path folder,
        Optional<Path> entry,
        Optional<Path> configFile,
        FunctionConfig config,
        SourceNames.Found names,
        List<String> lookedFor) {
    /** The file that describes the function of a folder. */
    public static final String CONFIG_FILE = "function.yaml";

    /** What NUC-4020 lists: the entries of a folder in the order in which they are looked for. */
    public static final List<String> LOOKED_FOR = List.of("main.py", "main.js", "main.rb", "*.java", "*.cs", "*.sh");

    /** True when there is something to run: a handler and the runtime for it. */
    public boolean isRunnable() {
        return !config.spec().runtime().isEmpty() && !config.spec().handler().isEmpty();
    }

    /** Whether a file is a function's description rather than its code, by its name. */
    public static boolean isConfig(Path file) {
        return CodeFiles.isConfig(file);
    }

    /** Finds the function at a path: a folder, a source file, a jar, or a function's yaml or json file. */
    public static Read<FunctionCode> find(Path path) {
        return find(path, MapNode.EMPTY, ReadOptions.DEFAULT);
    }

    /**
     * Finds the function at a path.
     *
     * @param given what wins over its files, such as command line flags
     */
    public static Read<FunctionCode> find(Path path, MapNode given, ReadOptions options) {
        boolean folder = Files.isDirectory(path);
        Path parent = folder ? path : Optional.ofNullable(path.getParent()).orElse(Path.of(""));
        if (folder || CodeFiles.isConfig(path)) {
            Path file = folder ? path.resolve(CONFIG_FILE) : path;
            Optional<Path> config = Files.exists(file) ? Optional.of(file) : Optional.empty();
            return folder(parent, config, given, options);
        }
        return file(parent, path, given, options);
    }

    private static Read<FunctionCode> folder(Path folder, Optional<Path> config, MapNode given, ReadOptions options) {
        var problems = new Problems();
        MapNode document = given;
        if (config.isPresent()) {
            var reader = new YamlReader(config.get().toString(), options.limits(), problems);
            if (reader.text(config.get()).flatMap(reader::read).orElse(null) instanceof MapNode map) {
                document = Merge.fill(given, map);
            } else {
                // Whatever it is instead, the reader of functions says so.
                FunctionReader.read(config.get(), options).problems().forEach(problems::add);
            }
        }
        FunctionConfig read = FunctionReader.read(document, options).asFarAsRead();
        Optional<Path> entry =
                CodeFiles.entry(folder, read.spec().runtime(), read.spec().handler());
        return complete(new Site(folder, entry, config, options), document, problems);
    }

    private static Read<FunctionCode> file(Path folder, Path file, MapNode given, ReadOptions options) {
        var problems = new Problems();
        MapNode document = given;
        String marker = marker(file, given);
        if (CodeFiles.isSource(file)) {
            var reader = new YamlReader(file.toString(), options.limits().withMaxBytes(CodeFiles.LARGEST), problems);
            Optional<Read<FunctionConfig>> inline =
                    reader.text(file).flatMap(source -> InlineConfig.read(source, file.toString(), marker, options));
            inline.ifPresent(read -> read.problems().forEach(problems::add));
            if (inline.isPresent()) {
                document = Merge.fill(given, inline.get().asFarAsRead().raw());
            }
        }
        return complete(new Site(folder, Optional.of(file), Optional.empty(), options), document, problems);
    }

    private static String marker(Path file, MapNode given) {
        String runtime = given.map("spec").get("runtime").orElse(null) instanceof ScalarNode text ? text.text() : "";
        return RuntimeName.ofFile(CodeFiles.name(file))
                .orElse(RuntimeName.parse(runtime))
                .commentMarker();
    }

    /** Where a function was found. */
    private record Site(Path folder, Optional<Path> entry, Optional<Path> configFile, ReadOptions options) {}

    private static Read<FunctionCode> complete(Site site, MapNode document, Problems problems) {
        FunctionConfig read = FunctionReader.read(document, site.options).asFarAsRead();
        RuntimeName runtime = read.spec().runtime();
        MapNode full = document;
        if (runtime.isEmpty() && site.entry.isPresent()) {
            runtime = CodeFiles.runtime(site.entry.get());
            full = runtime.isEmpty() ? full : full.withAt(ScalarNode.text(runtime.name()), "spec", "runtime");
        }
        if (runtime.isEmpty() && site.entry.isPresent()) {
            noRuntime(site, problems);
        }
        RuntimeName language = runtime;
        SourceNames.Found names = site.entry
                .map(entry -> CodeFiles.names(site.folder, entry, language))
                .orElse(new SourceNames.Found(List.of(), List.of()));
        if (read.spec().handler().isEmpty() && site.entry.isPresent()) {
            Optional<String> handler = CodeFiles.handler(site.entry.get(), language, names);
            if (handler.isPresent()) {
                full = full.withAt(ScalarNode.text(handler.get()), "spec", "handler");
            }
        }
        Read<FunctionConfig> complete = FunctionReader.read(full, site.options);
        for (Problem problem : complete.problems()) {
            problems.add(problem);
        }
        var code = new FunctionCode(
                site.folder,
                site.entry,
                site.configFile,
                complete.asFarAsRead(),
                names,
                site.entry.isPresent() ? List.of() : LOOKED_FOR);
        return new Read<>(code, problems.inOrder());
    }

    private static void noRuntime(Site site, Problems problems) {
        Path file = site.entry.orElseThrow();
        String name = CodeFiles.name(file);
        int dot = name.lastIndexOf('.');
        new Report(problems, ErrorCode.RUNTIME_MISSING, Place.of(file.toString(), 0, 0), "spec.runtime")
                .sentence("the runtime is unknown")
                .why(
                        dot < 0
                                ? "Filepath " + name + " has no extension"
                                : "Unsupported file extension: " + name.substring(dot + 1))
                .fix("set spec.runtime to one of: " + String.join(", ", site.options.runtimes()))
                .add();
    }
}
