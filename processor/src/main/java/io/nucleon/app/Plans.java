package io.nucleon.app;

import io.nucleon.command.RunOptions;
import io.nucleon.command.UsageError;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.host.RunState;
import io.nucleon.spec.ReadOptions;
import io.nucleon.spec.code.FunctionCode;
import io.nucleon.spec.problem.Problem;
import io.nucleon.spec.problem.SpecException;
import io.nucleon.spec.yaml.MapNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The functions that the paths of {@code run} come to: each path is a function, or a folder of functions. Confined to one command. */
final class Plans {

    /** Folders in which no function of the user lies, though they hold code. */
    private static final Set<String> NOT_LOOKED_INTO = Set.of("node_modules", "bin", "obj", "__pycache__");

    private final RunOptions options;
    private final ReadOptions reading;
    /** As the user wrote them, by source: messages name them so. */
    private final Map<Path, Path> given = new ConcurrentHashMap<>();

    Plans(RunOptions options, ReadOptions reading) {
        this.options = options;
        this.reading = reading;
    }

    /**
     * All of them, in the order of the paths.
     *
     * @throws SpecException with what is wrong with any of them
     * @throws io.nucleon.error.NucleonException NUC-4020 for a path without a function, NUC-1020 for names that can't be told apart
     */
    List<Plan> read() {
        List<Path> paths = new ArrayList<>();
        for (String path : options.paths()) {
            paths.addAll(functionsAt(Path.of(path)));
        }
        Overrides overrides = new Overrides(
                paths.size() > 1 ? "" : options.host() + ":" + options.port(),
                options.workers().orElse(0),
                options.inFlight().orElse(0),
                options.transport().toString(),
                options.runtime(),
                options.interpreter().isEmpty() ? null : Path.of(options.interpreter()),
                options.inspect().orElse(-1));
        List<Plan> plans = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Path path : paths) {
            try {
                Plan plan = Plan.ofPath(path, overrides, environment(path), options.strict(), reading);
                given.put(plan.source(), path);
                plans.add(plan);
            } catch (SpecException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new SpecException(problems);
        }
        if (plans.size() > 1) {
            checkNames(plans);
            if (overrides.isInspected()) {
                throw UsageError.badValue(
                        "--inspect",
                        "on",
                        "one function at a time is debugged, " + plans.size() + " are named",
                        "nucleon run " + given.get(plans.getFirst().source()) + " --inspect");
            }
        }
        return plans;
    }

    /**
     * A function of {@link #read} as its files are now. Any thread.
     *
     * @throws SpecException as {@link #read}
     * @throws io.nucleon.error.NucleonException likewise
     */
    Plan again(Plan before) {
        Path path = given.getOrDefault(before.source(), before.source());
        return Plan.ofPath(path, before.overrides(), environment(path), options.strict(), reading);
    }

    /** Where the files of a function lie, beside those that its code names by itself. */
    List<Path> files(Plan plan) {
        Path source = plan.source();
        List<Path> files = new ArrayList<>(List.of(source));
        if (!Files.isDirectory(source) && Files.isDirectory(plan.directory()) && FunctionCode.isConfig(source)) {
            files.add(plan.directory());
        }
        files.add(environmentFile(source).toAbsolutePath().normalize());
        handlerFile(plan).ifPresent(files::add);
        return files;
    }

    /** Programs need not have an ending that tells what they are. */
    private static Optional<Path> handlerFile(Plan plan) {
        String module = plan.config().spec().handler().split(":", -1)[0].strip();
        try {
            Path file = plan.directory().resolve(module).normalize();
            return Optional.of(file).filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The path itself unless it is a folder that holds functions and is none. */
    private List<Path> functionsAt(Path path) {
        if (!Files.isDirectory(path) || isFunction(path)) {
            return List.of(path);
        }
        List<Path> functions = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(path, Plans::mayHoldFunction)) {
            for (Path folder : folders) {
                if (isFunction(folder)) {
                    functions.add(folder);
                }
            }
        } catch (IOException e) {
            // it can't be read, which is what looking for a function in it will say
        }
        functions.sort(null);
        return functions.isEmpty() ? List.of(path) : functions;
    }

    private static boolean mayHoldFunction(Path folder) {
        String name = folder.getFileName().toString();
        return Files.isDirectory(folder) && !name.startsWith(".") && !NOT_LOOKED_INTO.contains(name);
    }

    private boolean isFunction(Path folder) {
        return Files.exists(folder.resolve(FunctionCode.CONFIG_FILE))
                || FunctionCode.find(folder, MapNode.EMPTY, reading)
                        .asFarAsRead()
                        .entry()
                        .isPresent();
    }

    /** Names are parts of addresses here. */
    private static void checkNames(List<Plan> plans) {
        Map<String, Plan> byName = new LinkedHashMap<>();
        for (Plan plan : plans) {
            String name = plan.name();
            if (!RunState.isName(name)) {
                throw badName(
                        plan,
                        "it can't be a part of an address",
                        "set metadata.name to letters, digits, '-', '_' and '.'");
            }
            Plan other = byName.put(name, plan);
            if (other != null) {
                throw badName(
                        plan,
                        "the function in " + other.source() + " is called '" + name + "' too",
                        "set another metadata.name, or run them by themselves");
            }
        }
    }

    private static RuntimeException badName(Plan plan, String why, String fix) {
        return ErrorMessage.of(
                        ErrorCode.FUNCTION_NAME_INVALID,
                        "the function in " + plan.source() + " can't be served as '" + plan.name() + "'",
                        why,
                        fix)
                .toException();
    }

    /** {@code .env} beside the function, or the file that was named, then {@code --env}. */
    private Map<String, String> environment(Path path) {
        Map<String, String> environment = new LinkedHashMap<>();
        Path file = environmentFile(path);
        if (Files.isRegularFile(file) || !options.envFile().isEmpty()) {
            environment.putAll(EnvFile.read(file));
        }
        environment.putAll(options.env());
        return environment;
    }

    private Path environmentFile(Path path) {
        Path beside = (Files.isDirectory(path) ? path : path.toAbsolutePath().getParent()).resolve(".env");
        return options.envFile().isEmpty() ? beside : Path.of(options.envFile());
    }
}
