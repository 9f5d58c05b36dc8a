package io.nucleon.runtime.process;

import io.netty.channel.epoll.Epoll;
import io.nucleon.error.NucleonException;
import io.nucleon.runtime.FunctionRuntime;
import io.nucleon.runtime.HostedWrapper;
import io.nucleon.runtime.RuntimeFactory;
import io.nucleon.runtime.RuntimeServices;
import io.nucleon.runtime.RuntimeSetting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs functions in wrapper processes: those of each {@link WrapperManifest}, and Java with {@code isolation: process}. Plug-ins bring
 * wrappers of their own.
 */
public final class ProcessRuntimeFactory implements RuntimeFactory {

    private final KnownInterpreters known = new KnownInterpreters();

    /**
     * Begins to load, on a thread of its own, what a first worker needs and what takes the JVM long: epoll, a system call, a mapping. So it
     * is there when the command line and the function's files are read. Returns at once; any thread.
     */
    public static void warmUp() {
        Threads.early(() -> {
            try {
                if (Epoll.isAvailable()) {
                    SegmentMaker.Made made = SegmentMaker.statusPage("warm-up", 0, "");
                    SegmentMaker.unlink(made.file());
                    made.segment().close();
                }
            } catch (NucleonException | LinkageError e) {
                // the first worker will meet it too, and say so
            }
        });
    }

    @Override
    public List<String> names(Path home) {
        return WrapperManifest.readAll(home).stream()
                .map(WrapperManifest::runtime)
                .toList();
    }

    @Override
    public boolean accepts(RuntimeSetting setting, RuntimeServices services) {
        return isIsolatedJava(setting) || names(services.home()).contains(setting.runtime());
    }

    @Override
    public FunctionRuntime create(RuntimeSetting setting, RuntimeServices services) {
        Wrapper wrapper = isIsolatedJava(setting)
                ? JvmWrapper.of(setting)
                : InterpretedWrapper.find(WrapperManifest.of(setting.runtime(), services.home()), setting, known);
        return new ProcessRuntime(setting, services, wrapper);
    }

    /**
     * A function whose wrappers are threads of this process; for runtimes that are plug-ins.
     *
     * @throws io.nucleon.error.NucleonException as {@link #create(RuntimeSetting, RuntimeServices)}
     */
    public FunctionRuntime create(RuntimeSetting setting, RuntimeServices services, HostedWrapper wrapper) {
        return new ProcessRuntime(setting, services, wrapper);
    }

    /**
     * A function whose wrappers are started by a command; for runtimes that are plug-ins.
     *
     * @param command program and arguments; where to connect comes by environment
     * @param describe as {@link FunctionRuntime#describe()}
     * @param note as {@link FunctionRuntime#note()}
     */
    public FunctionRuntime create(
            RuntimeSetting setting, RuntimeServices services, List<String> command, String describe, String note) {
        return new ProcessRuntime(setting, services, new GivenWrapper(command, describe, note));
    }

    /** Whether a folder has a wrapper's manifest. */
    public static boolean isWrapper(Path folder) {
        return Files.isRegularFile(folder.resolve(WrapperManifest.FILE));
    }

    /**
     * How the wrapper of a folder's manifest is started, for who has no function for it: its command, and environment beside where to
     * connect. Runs what the wrapper needs before its first start, which may take seconds.
     *
     * @param interpreter null for the first of this machine that fits
     * @throws io.nucleon.error.NucleonException NUC-9001 if the manifest can't be read, else as a function of that language
     */
    public static Map.Entry<List<String>, Map<String, String>> wrapperOf(Path folder, Path interpreter) {
        InterpretedWrapper wrapper = InterpretedWrapper.find(
                WrapperManifest.read(folder), interpreter, Map.of(), folder, new KnownInterpreters());
        return Map.entry(wrapper.command(), wrapper.environment());
    }

    private static boolean isIsolatedJava(RuntimeSetting setting) {
        return setting.runtime().equals("java")
                && setting.attribute("isolation", "none").equals("process");
    }
}
