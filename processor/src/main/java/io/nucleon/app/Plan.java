package io.nucleon.app;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.spec.DefaultHttpTrigger;
import io.nucleon.spec.FunctionConfig;
import io.nucleon.spec.FunctionReader;
import io.nucleon.spec.Read;
import io.nucleon.spec.ReadOptions;
import io.nucleon.spec.code.FunctionCode;
import io.nucleon.spec.problem.Problem;
import io.nucleon.spec.problem.SpecException;
import io.nucleon.spec.trigger.Trigger;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.ScalarNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A function that is ready to be started: what its files and the command line come to.
 *
 * @param name of the function; of its folder or file when the files say none
 * @param directory where the code is, absolute
 * @param source the folder or file that the user named, absolute
 * @param warnings what is odd about its files but not wrong
 */
record Plan(
        String name,
        FunctionConfig config,
        Path directory,
        Path source,
        List<Problem> warnings,
        Overrides overrides,
        Map<String, String> environment) {

    /** nuclio's folder for code in an image. */
    private static final Path IMAGE_CODE = Path.of("/opt/nuclio");

    /** A function as {@code run} and {@code invoke PATH} serve it. */
    static Plan ofPath(
            Path path, Overrides overrides, Map<String, String> environment, boolean strict, ReadOptions reading) {
        if (!Files.exists(path)) {
            throw new ErrorMessage(
                            ErrorCode.HANDLER_NOT_FOUND,
                            "no function at " + path,
                            "there is no such file or folder",
                            List.of("name a folder or file that is there: nucleon run examples/hello"))
                    .toException();
        }
        Read<FunctionCode> read = FunctionCode.find(path, given(overrides), reading);
        List<Problem> problems = new ArrayList<>(read.errors());
        if (strict) {
            read.warnings().forEach(warning -> problems.add(warning.asError()));
        }
        if (!problems.isEmpty()) {
            throw new SpecException(problems);
        }
        FunctionCode code = read.value();
        if (!code.isRunnable()) {
            throw notFound(path, code);
        }
        Path folder = code.folder().toAbsolutePath().normalize();
        FunctionConfig config = DefaultHttpTrigger.add(code.config(), false);
        String name = config.name().isEmpty() ? nameOf(path) : config.name();
        return new Plan(
                name,
                config,
                directory(code, folder),
                path.toAbsolutePath().normalize(),
                read.warnings(),
                overrides,
                environment);
    }

    /** What the command line says instead of the files. */
    private static MapNode given(Overrides overrides) {
        return overrides.runtime().isEmpty()
                ? MapNode.EMPTY
                : MapNode.EMPTY.withAt(ScalarNode.text(overrides.runtime()), "spec", "runtime");
    }

    /** A jar is a function by itself; other code is found in its folder. */
    private static Path directory(FunctionCode code, Path folder) {
        return code.config().spec().runtime().name().equals("java")
                        && code.entry().isPresent()
                ? code.entry().get().toAbsolutePath().normalize()
                : folder;
    }

    /** A function as the production processor runs it, from its processor.yaml. */
    static Plan ofConfig(Path file, ReadOptions reading) {
        Read<FunctionConfig> read = FunctionReader.read(file, reading);
        FunctionConfig config = read.value();
        Map<String, String> environment = System.getenv();
        String named = environment.getOrDefault(
                "NUCLIO_PYTHON_PATH", environment.getOrDefault("NUCLIO_HANDLER_DIR", IMAGE_CODE.toString()));
        Path directory = Path.of(named);
        if (!Files.isDirectory(directory)) {
            directory = file.toAbsolutePath().getParent();
        }
        return new Plan(
                config.name().isEmpty() ? "function" : config.name(),
                config,
                directory.toAbsolutePath().normalize(),
                file.toAbsolutePath(),
                read.warnings(),
                Overrides.NONE,
                Map.of());
    }

    private static String nameOf(Path path) {
        String name = path.toAbsolutePath().normalize().getFileName().toString();
        int dot = name.lastIndexOf('.');
        return Files.isDirectory(path) || dot <= 0 ? name : name.substring(0, dot);
    }

    private static RuntimeException notFound(Path path, FunctionCode code) {
        return new ErrorMessage(
                        ErrorCode.HANDLER_NOT_FOUND,
                        "no handler found in " + path,
                        (code.configFile().isPresent() ? "function.yaml names none" : "no function.yaml")
                                + (code.lookedFor().isEmpty()
                                        ? ""
                                        : ", and " + String.join(", ", code.lookedFor()) + " were looked for"),
                        List.of("name the file: nucleon run " + path + "/app.py"))
                .toException();
    }

    /** The triggers that are to be started, in the order of the file. */
    List<Trigger> triggers() {
        return config.spec().activeTriggers();
    }
}
