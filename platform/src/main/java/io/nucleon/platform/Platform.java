package io.nucleon.platform;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A place where functions run. Methods wait until what they are about is done, and may be called from any thread; of two calls about one
 * function the second waits for the first.
 */
public interface Platform {

    /** {@code local}, {@code docker}. */
    String name();

    /**
     * Where a build may put a function's folder so that it can be taken over at once: private, and not there yet.
     *
     * @throws io.nucleon.error.NucleonException NUC-7xxx if there is no place for one
     */
    Path buildFolder(String function);

    /**
     * Makes a function serve what was built, as a new version. The version before it serves on until the new one is ready and has answered
     * the probe; if that fails it goes on, and nothing of the new version stays. When this returns the one before takes no more connections;
     * it may still finish its open events.
     *
     * @param log takes lines on what happens
     * @throws io.nucleon.error.NucleonException NUC-7xxx with the function's own last lines, or the error that the function's host told
     */
    Deployed deploy(Deployment deployment, Consumer<String> log);

    /**
     * Makes an earlier version serve again, in the same way.
     *
     * @param version 0 for the one before
     * @throws io.nucleon.error.NucleonException NUC-7004 if there is no such function, NUC-7007 if it has no such version
     */
    Deployed rollback(String function, int version, Consumer<String> log);

    /** All functions, by name. */
    List<Deployed> list();

    /** One function. */
    Optional<Deployed> find(String function);

    /** What the version that serves was built of, as {@link io.nucleon.builder.TreeDigest} tells it; empty if there is none. */
    Optional<String> digest(String function);

    /**
     * Ends a function when its open events are finished, and removes what there is of it.
     *
     * @param keepsJournal whether its journal, with dead letters, stays
     * @throws io.nucleon.error.NucleonException NUC-7004 if there is no such function
     */
    void delete(String function, boolean keepsJournal);

    /**
     * Gives the last lines of a function's log, oldest first.
     *
     * @throws io.nucleon.error.NucleonException NUC-7004 if there is no such function
     */
    void logs(String function, int lines, Consumer<String> line);
}
