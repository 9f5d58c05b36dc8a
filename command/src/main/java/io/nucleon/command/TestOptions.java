package io.nucleon.command;

import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words and flags of {@code test}. */
public final class TestOptions extends CallOptions {
    @Parameters(paramLabel = "PATH", arity = "0..1", description = "folder of the function, or of several (default: .)")
    private String target = ".";

    @Option(names = "--filter", paramLabel = "TEXT", description = "only cases whose file or name has the text")
    private String filter = "";

    @Option(names = "--workers", paramLabel = "N", description = "workers of the function")
    private int workers = 1;

    @Option(names = "--fail-fast", description = "stop at the first case that fails")
    private boolean failFast;

    @Option(names = "--junit", paramLabel = "FILE", description = "write the results as JUnit's XML too")
    private String junit;

    @Option(
            names = "--record",
            paramLabel = "NAME",
            description = "call the function as -b, -m, … say and make tests/NAME.yaml of its answer")
    private String record;

    @Option(
            names = "--update",
            description = "write what came into the files, in place of the values that were expected")
    private boolean update;

    @Option(names = "--watch", description = "run again whenever a file of the function changes")
    private boolean watch;

    /** Folder of the function, as given. */
    public String target() {
        return target;
    }

    /** What names must hold; empty for all. */
    public String filter() {
        return filter;
    }

    /** Workers of the function. */
    public int workers() {
        return workers;
    }

    /** Whether to stop at the first failure. */
    public boolean failFast() {
        return failFast;
    }

    /** Where results go as XML, if they do. */
    public Optional<String> junit() {
        return Optional.ofNullable(junit);
    }

    /** Name of the case to make, if one is to be made. */
    public Optional<String> record() {
        return Optional.ofNullable(record);
    }

    /** Whether files are changed so that they expect what came. */
    public boolean update() {
        return update;
    }

    /** Whether to go on until Ctrl-C. */
    public boolean watch() {
        return watch;
    }

    @Override
    void check() {
        super.check();
        UsageError.unless(workers > 0, "--workers", String.valueOf(workers), "at least one is needed");
        if (update && (watch || record != null)) {
            throw UsageError.error(
                    "test --update has no --watch and no --record",
                    "it changes the files that are watched, or there is no case yet",
                    "leave the other one out");
        }
        UsageError.unless(
                record == null || BenchOptions.isFileName(record),
                "--record",
                record,
                "names have letters, digits and - _ . only");
    }
}
