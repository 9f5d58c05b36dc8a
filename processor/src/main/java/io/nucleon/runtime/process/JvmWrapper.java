package io.nucleon.runtime.process;

import io.nucleon.error.ErrorCode;
import io.nucleon.runtime.JvmOptions;
import io.nucleon.runtime.RuntimeSetting;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts Java functions in a JVM of their own ({@code isolation: process}), with this processor's JDK and the user's options. */
record JvmWrapper(List<String> options) implements Wrapper {

    private static final String MAIN = "io.nucleon.wrapper.Wrapper";

    static JvmWrapper of(RuntimeSetting setting) {
        return new JvmWrapper(JvmOptions.of(setting));
    }

    @Override
    public List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), MAIN));
        return command;
    }

    /** The wrapper, what it says errors with, and the handlers' API: nothing else of the processor. */
    private static String classPath() {
        return Stream.of(MAIN, ErrorCode.class.getName(), "io.nuclio.EventHandler")
                .map(JvmWrapper::placeOf)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The jar or folder of a class, which this room does not need to know by more than its name. */
    private static String placeOf(String name) {
        try {
            Class<?> type = Class.forName(name, false, JvmWrapper.class.getClassLoader());
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException("finding the jar of " + name + " failed", e);
        }
    }

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public String describe() {
        return "java " + System.getProperty("java.version");
    }
}
