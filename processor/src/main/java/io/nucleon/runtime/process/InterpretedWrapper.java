package io.nucleon.runtime.process;

import io.nucleon.error.ErrorMessage;
import io.nucleon.program.Programs;
import io.nucleon.program.Version;
import io.nucleon.runtime.RuntimeSetting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts a wrapper by an interpreter of this machine. The interpreter is the first of: named by the user, named by the manifest's variable,
 * beside the function, on PATH; of these the first that is new enough is taken.
 */
record InterpretedWrapper(WrapperManifest manifest, Path interpreter, Version version, Map<String, String> prepared)
        implements Wrapper {

    /**
     * Finds the interpreter and makes the wrapper fit to start, which may take seconds the first time.
     *
     * @throws io.nucleon.error.NucleonException the manifest's code (NUC-4001 …) when there is none, or what the preparation says
     */
    static InterpretedWrapper find(WrapperManifest manifest, RuntimeSetting setting, KnownInterpreters known) {
        return find(manifest, setting.interpreter(), setting.environment(), setting.directory(), known);
    }

    /** The same for what is no function; {@code flag} is null if the user names no interpreter. */
    static InterpretedWrapper find(
            WrapperManifest manifest,
            Path flag,
            Map<String, String> environment,
            Path directory,
            KnownInterpreters known) {
        Path named = named(manifest, flag, environment);
        List<String> seen = new ArrayList<>();
        for (Path candidate : candidates(manifest, named, directory)) {
            Optional<Version> version = known.versionOf(manifest, candidate);
            if (version.isPresent() && version.get().isAtLeast(manifest.oldest())) {
                return new InterpretedWrapper(manifest, candidate, version.get(), known.prepared(manifest, candidate));
            }
            seen.add(version.map(found -> candidate + " (" + manifest.language() + " " + found.text() + ", too old)")
                    .orElse(candidate + " (does not run)"));
        }
        throw named == null ? missing(manifest, seen) : unusable(manifest, seen.getFirst());
    }

    /** The user named one: no other is looked for. */
    private static RuntimeException unusable(WrapperManifest manifest, String seen) {
        return ErrorMessage.of(
                        manifest.missing(),
                        "no " + manifest.language() + " \u2265 "
                                + manifest.oldest().text() + " where it was named",
                        "--interpreter" + (manifest.variable().isEmpty() ? "" : " or " + manifest.variable())
                                + " names " + seen,
                        "name one that runs, or none: " + String.join(", ", manifest.commands())
                                + " are looked for on PATH")
                .toException();
    }

    private static RuntimeException missing(WrapperManifest manifest, List<String> seen) {
        String looked = "looked for " + String.join(", ", manifest.commands()) + " on PATH"
                + (manifest.beside().isEmpty() ? "" : ", " + String.join(", ", manifest.beside()));
        return new ErrorMessage(
                        manifest.missing(),
                        "no " + manifest.language() + " \u2265 "
                                + manifest.oldest().text() + " found",
                        looked + (seen.isEmpty() ? "" : "; found " + String.join(", ", seen)),
                        List.of(manifest.install() + ", or name one: --interpreter PATH"
                                + (manifest.variable().isEmpty() ? "" : " (" + manifest.variable() + " is read too)")))
                .toException();
    }

    /** The interpreter that flag, function or environment names; null for none. */
    private static Path named(WrapperManifest manifest, Path flag, Map<String, String> environment) {
        if (flag != null || manifest.variable().isEmpty()) {
            return flag;
        }
        String named = environment.getOrDefault(manifest.variable(), System.getenv(manifest.variable()));
        return named == null || named.isEmpty() ? null : Path.of(named);
    }

    private static List<Path> candidates(WrapperManifest manifest, Path named, Path directory) {
        if (named != null) {
            return List.of(named);
        }
        List<Path> found = new ArrayList<>();
        manifest.beside().forEach(beside -> add(found, directory.resolve(beside)));
        manifest.commands().forEach(command -> Programs.onPath(List.of(command)).ifPresent(path -> add(found, path)));
        return found;
    }

    private static void add(List<Path> found, Path candidate) {
        if (Files.isExecutable(candidate) && !found.contains(candidate)) {
            found.add(candidate);
        }
    }

    @Override
    public List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(interpreter.toString());
        manifest.versions().stream()
                .filter(options -> options.covers(version))
                .forEach(options -> command.addAll(options.options()));
        manifest.command().forEach(argument -> command.add(Preparation.fill(argument, prepared)));
        return command;
    }

    @Override
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        manifest.environment().forEach((name, value) -> environment.put(name, Preparation.fill(value, prepared)));
        return environment;
    }

    @Override
    public String describe() {
        return manifest.language() + " " + version.text();
    }
}
