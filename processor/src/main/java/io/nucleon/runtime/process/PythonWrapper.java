package io.nucleon.runtime.process;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.runtime.RuntimeServices;
import io.nucleon.runtime.RuntimeSetting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts the Python wrapper. The interpreter is the first of: named by the user, {@code NUCLIO_PYTHON_EXE_PATH}, {@code .venv} beside the
 * function, {@code python3}, {@code python3.13} … {@code python3.9}, {@code python} on PATH; the first that is 3.9 or newer is taken.
 */
record PythonWrapper(Path interpreter, String version, Path folder) implements Wrapper {

    private static final int OLDEST_MINOR = 9;
    private static final int NEWEST_MINOR = 13;
    private static final long PROBE_SECONDS = 20;

    static PythonWrapper find(RuntimeSetting setting, RuntimeServices services) {
        List<String> seen = new ArrayList<>();
        for (Path candidate : candidates(setting)) {
            String version = versionOf(candidate);
            if (isSupported(version)) {
                return new PythonWrapper(candidate, version, services.home().resolve("wrappers/python"));
            }
            seen.add(version.isEmpty() ? candidate + " (does not run)" : "python " + version + " (too old)");
        }
        throw new ErrorMessage(
                        ErrorCode.PYTHON_MISSING,
                        "no python \u2265 3.9 found",
                        "looked for python3.13\u20263.9, python3, python on PATH, .venv"
                                + (seen.isEmpty() ? "" : "; found " + String.join(", ", seen)),
                        List.of(
                                "install Python 3.9+, or name one: --interpreter PATH (NUCLIO_PYTHON_EXE_PATH is read too)"))
                .toException();
    }

    private static List<Path> candidates(RuntimeSetting setting) {
        if (setting.interpreter() != null) {
            return List.of(setting.interpreter());
        }
        String named =
                setting.environment().getOrDefault("NUCLIO_PYTHON_EXE_PATH", System.getenv("NUCLIO_PYTHON_EXE_PATH"));
        if (named != null && !named.isEmpty()) {
            return List.of(Path.of(named));
        }
        List<Path> found = new ArrayList<>();
        add(found, setting.directory().resolve(".venv/bin/python"));
        add(found, Interpreters.onPath(List.of("python3")));
        for (int minor = NEWEST_MINOR; minor >= OLDEST_MINOR; minor--) {
            add(found, Interpreters.onPath(List.of("python3." + minor)));
        }
        add(found, Interpreters.onPath(List.of("python")));
        return found;
    }

    private static void add(List<Path> found, Path candidate) {
        if (candidate != null && Files.isExecutable(candidate) && !found.contains(candidate)) {
            found.add(candidate);
        }
    }

    /** {@code 3.13.5}; empty if it is no Python that runs. */
    private static String versionOf(Path interpreter) {
        try {
            Process probe = new ProcessBuilder(
                            interpreter.toString(),
                            "-I",
                            "-S",
                            "-c",
                            "import platform; print(platform.python_version())")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            probe.getOutputStream().close();
            String text = new String(probe.getInputStream().readNBytes(64), StandardCharsets.UTF_8).trim();
            if (!probe.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
                probe.destroyForcibly();
                return "";
            }
            return probe.exitValue() == 0 ? text : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static boolean isSupported(String version) {
        String[] parts = version.split("\\.", -1);
        try {
            int major = Integer.parseInt(parts[0]);
            return major > 3 || (major == 3 && Integer.parseInt(parts[1]) >= OLDEST_MINOR);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return false;
        }
    }

    @Override
    public List<String> command() {
        return List.of(
                interpreter.toString(), "-u", folder.resolve("wrapper.py").toString());
    }

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public String describe() {
        return "python " + version;
    }
}
