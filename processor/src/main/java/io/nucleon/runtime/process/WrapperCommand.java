package io.nucleon.runtime.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a wrapper is started, for who has no function for it. Immutable.
 *
 * @param command program and arguments
 * @param environment beside where to connect (PROTOCOL.md §4)
 * @param describe for people: {@code python 3.13.5}
 */
public record WrapperCommand(List<String> command, Map<String, String> environment, String describe) {

    public WrapperCommand {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** Whether a folder has a manifest. */
    public static boolean isManifest(Path folder) {
        return Files.isRegularFile(folder.resolve(WrapperManifest.FILE));
    }

    /**
     * The command of a folder's manifest, with an interpreter of this machine. Runs what the wrapper needs before its first start, which may
     * take seconds.
     *
     * @param interpreter null for the first that fits
     * @throws io.nucleon.error.NucleonException NUC-9001 if the manifest can't be read, else as a function of that language
     */
    public static WrapperCommand of(Path folder, Path interpreter) {
        InterpretedWrapper wrapper =
                InterpretedWrapper.find(WrapperManifest.read(folder), interpreter, Map.of(), folder);
        return new WrapperCommand(wrapper.command(), wrapper.environment(), wrapper.describe());
    }
}
