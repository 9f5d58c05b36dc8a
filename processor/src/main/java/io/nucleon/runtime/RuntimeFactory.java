package io.nucleon.runtime;

/** Makes function runtimes of some languages; found by {@link java.util.ServiceLoader} or named by {@code app}. */
public interface RuntimeFactory {

    /** Whether it runs functions of that runtime name and setting ({@code python}, {@code java}, …; the part before the colon). */
    boolean accepts(RuntimeSetting setting);

    /**
     * Prepares a function; starts nothing yet. Called once per function, on any thread.
     *
     * @throws io.nucleon.error.NucleonException NUC-4xxx when the interpreter, the handler or a setting is wrong
     */
    FunctionRuntime create(RuntimeSetting setting, RuntimeServices services);
}
