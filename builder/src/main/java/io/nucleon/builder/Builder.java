package io.nucleon.builder;

import io.nucleon.builder.source.CodeTree;
import io.nucleon.builder.source.SecretMask;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Builds functions. Safe for many threads: each build has a folder of its own, and what builds share in the cache is put there whole.
 */
public final class Builder {
    private final Clock clock;
    private final Map<String, String> environment;

    /** @param clock tells how long steps take */
    public Builder(Clock clock) {
        this(clock, Map.of());
    }

    /**
     * A builder that uses a certain Docker.
     *
     * @param environment that docker is called with, besides ours
     */
    public Builder(Clock clock, Map<String, String> environment) {
        this.clock = clock;
        this.environment = Map.copyOf(environment);
    }

    /** The names of an order's steps, in their order. */
    public static List<String> steps(BuildOrder order) {
        return list(order).stream().map(Step::name).toList();
    }

    /**
     * Builds.
     *
     * @param log takes lines of what is called and done, secrets masked
     * @throws io.nucleon.error.NucleonException NUC-6xxx, or NUC-1xxx for what is wrong with the function's files; nothing of the
     *     artifact is there then
     */
    public BuildReport build(BuildOrder order, Consumer<String> log) {
        return build(order, list(order), null, log);
    }

    /**
     * Makes the image of a function that was built to a folder before.
     *
     * @param order whose configuration is the whole one; its format is that of an image
     * @param built the portable folder, which stays
     * @throws io.nucleon.error.NucleonException as {@link #build(BuildOrder, Consumer)}
     */
    public BuildReport pack(BuildOrder order, Path built, Consumer<String> log) {
        return build(order, List.of(new LinkJava(), new AssembleImage()), built, log);
    }

    private BuildReport build(BuildOrder order, List<Step> steps, Path built, Consumer<String> log) {
        Path folder = folder(order);
        try {
            Workbench bench = new Workbench(order, folder, log, environment);
            if (built != null) {
                bench.composed(built);
                bench.digest(TreeDigest.of(built));
            }
            List<BuildReport.Taken> taken = new ArrayList<>();
            for (Step step : steps) {
                long start = clock.millis();
                boolean cached = step.run(bench);
                taken.add(new BuildReport.Taken(step.name(), clock.millis() - start, cached));
            }
            return new BuildReport(
                    bench.config(),
                    order.artifact().target(),
                    bench.image(),
                    bench.digest(),
                    bench.dockerfile(),
                    taken);
        } catch (IOException e) {
            throw notWritten(order, e);
        } finally {
            clean(order, folder, log);
        }
    }

    private static List<Step> list(BuildOrder order) {
        List<Step> steps = new ArrayList<>(
                List.of(new FetchCode(), new ReadFunction(), new InstallDependencies(), new ComposeFolder()));
        if (order.artifact().format() == BuildOrder.Format.DOCKERFILE) {
            steps.add(new WriteDockerfile());
        } else if (order.artifact().format().isImage()) {
            steps.add(new LinkJava());
            if (order.artifact().aot()) {
                steps.add(new MakeAotCache());
            }
            steps.add(new AssembleImage());
        }
        return steps;
    }

    private static Path folder(BuildOrder order) {
        String temporary = order.config().spec().build().tempDir();
        try {
            return temporary.isEmpty()
                    ? Files.createTempDirectory("nuclio-build-")
                    : Files.createTempDirectory(Path.of(temporary), "nuclio-build-");
        } catch (IOException e) {
            throw notWritten(order, e);
        }
    }

    private static void clean(BuildOrder order, Path folder, Consumer<String> log) {
        if (order.config().spec().build().noCleanup()) {
            log.accept("kept " + folder);
            return;
        }
        try {
            CodeTree.remove(folder);
        } catch (IOException e) {
            log.accept(folder + " can't be removed: " + e.getMessage());
        }
    }

    private static RuntimeException notWritten(BuildOrder order, IOException e) {
        return ErrorMessage.of(
                        ErrorCode.ARTIFACT_NOT_WRITTEN,
                        "the function can't be built"
                                + (order.artifact().target() == null
                                        ? ""
                                        : " to " + order.artifact().target()),
                        e.getClass().getSimpleName() + ": "
                                + SecretMask.of(order.config()).mask(String.valueOf(e.getMessage())),
                        "see that the disk has room and the folder can be written to")
                .toException(e);
    }
}
