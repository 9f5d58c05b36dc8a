package io.nucleon.polyglot;

import io.nucleon.runtime.JvmOptions;
import io.nucleon.runtime.RuntimeSetting;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A worker's context in a JVM of its own, with a limit of its heap, which can be killed as processes can ({@code isolation: process}).
 * Immutable.
 */
record IsolatedJvm(List<String> command, String describe, String note) {

    static final String PREFIX = "nucleon.polyglot.";

    static IsolatedJvm of(RuntimeSetting setting, GuestSetting guest) {
        boolean compiles = CompilerJars.areActive();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx" + guest.heapMegabytes() + "m",
                "-XX:+UseSerialGC"));
        if (compiles) {
            command.addAll(CompilerJars.flags());
        }
        command.addAll(JvmOptions.of(setting));
        command.add("-D" + PREFIX + "language=" + guest.language().runtime());
        command.add("-D" + PREFIX + "function=" + guest.function());
        command.add("-D" + PREFIX + "home=" + guest.home().toAbsolutePath());
        command.add("-D" + PREFIX + "directory=" + guest.directory());
        command.add("-D" + PREFIX + "files=" + word(guest.files()));
        command.add("-D" + PREFIX + "network=" + word(guest.network()));
        command.add("-D" + PREFIX + "statements=" + guest.statements());
        // The values come by the environment of the process, of which the code sees no more than these.
        command.add("-D" + PREFIX + "environment="
                + String.join(",", guest.environment().keySet()));
        command.addAll(List.of("-cp", classPath(), IsolatedMain.class.getName()));
        String how = compiles ? "compiled" : "interpreted";
        return new IsolatedJvm(
                command,
                guest.language().runtime() + " " + GuestSources.version() + ", " + how + ", in a JVM with "
                        + guest.heapMegabytes() + " MiB",
                compiles ? "" : "the Graal compiler is not active: start with 'nucleon run' or 'nucleon processor'");
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    /** The processor's, then the plug-in's own jars. */
    private static String classPath() {
        String processor = System.getProperty("java.class.path");
        Path own = CompilerJars.own();
        if (!Files.isRegularFile(own)) {
            return processor;
        }
        try (var files = Files.list(own.getParent())) {
            return processor
                    + File.pathSeparator
                    + files.filter(file -> file.toString().endsWith(".jar"))
                            .sorted()
                            .map(Path::toString)
                            .collect(Collectors.joining(File.pathSeparator));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("reading " + own.getParent() + " failed", e);
        }
    }
}
