package io.nucleon.runtime;

import java.nio.file.Path;
import java.util.List;

/** Makes function runtimes of some languages; found by {@link java.util.ServiceLoader} or named by {@code app}. */
public interface RuntimeFactory {

    /**
     * The runtime names that it takes ({@code python}, {@code java}, …; the part before the colon).
     *
     * @param home where Nucleon is unpacked
     */
    List<String> names(Path home);

    /** Whether it runs functions of that runtime name and setting. */
    boolean accepts(RuntimeSetting setting, RuntimeServices services);

    /**
     * Prepares a function; starts nothing yet. Called once per function, on any thread.
     *
     * @throws io.nucleon.error.NucleonException NUC-4xxx when the interpreter, the handler or a setting is wrong
     */
    FunctionRuntime create(RuntimeSetting setting, RuntimeServices services);
}
