package io.nucleon.builder.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.DockerDaemonImage;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import io.nucleon.builder.source.SecretMask;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.spec.FunctionConfig;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Assembles images. What goes to Docker or a registry is of Docker's format, since OCI's knows no health check; tars are OCI's. Safe for many
 * threads: jib locks its caches.
 */
public final class ImageAssembler {
    private static final String BASE_FIX =
            "check spec.build.baseImage: an image of a registry, docker:IMAGE, tar:FILE or scratch";

    /** What jib asks its own users to do. */
    private static final String JIB_ADVICE = " | If this is a bug";

    static {
        // Only registries of this machine are spoken to without TLS, and they may want a login too.
        System.setProperty("sendCredentialsOverHttp", "true");
    }

    private final Path cache;
    private final boolean offline;
    private final DockerCommand docker;
    private final Logins logins;
    private final Consumer<String> log;

    /**
     * An assembler.
     *
     * @param cache of layers
     * @param offline whether nothing may be fetched; an image is still pushed
     * @param mask what must not be shown
     * @param log takes jib's lines
     */
    public ImageAssembler(Path cache, boolean offline, DockerCommand docker, SecretMask mask, Consumer<String> log) {
        this.cache = cache;
        this.offline = offline;
        this.docker = docker;
        this.logins = new Logins(mask);
        this.log = line -> log.accept(logins.mask(line));
    }

    /** Whether the function's image is built by commands, which Docker runs. */
    public static boolean needsDocker(FunctionConfig config) {
        return Dockerfile.isNeeded(config);
    }

    /**
     * The text of a Dockerfile that gives the function's image out of folders named as its layers are; no engine is asked.
     *
     * @throws NucleonException NUC-6007 if a base that is a tar can't be read, NUC-6011 for what no Dockerfile may hold
     */
    public static String dockerfile(ImagePlan plan) throws IOException {
        String base = switch (plan.base()) {
            case Base.Scratch ignored -> "scratch";
            case Base.Tar tar -> ImageTar.name(tar.file());
            case Base.Docker here -> here.image();
            case Base.Named named -> named.image();
        };
        return Dockerfile.of(plan, base, ImageLayers.names(plan), architecture());
    }

    /**
     * Assembles an image and brings it to its destination.
     *
     * @param work a private folder with room for the image
     * @return the digest of its manifest, {@code sha256:…}; for Docker, where it has none, of its configuration
     * @throws io.nucleon.error.NucleonException NUC-6007 if the base can't be had, NUC-6008 if the image can't be written, NUC-6009 if a
     *     registry refuses it
     */
    public String assemble(ImagePlan plan, Destination destination, Path work) throws IOException {
        ImageReference name = reference(plan.name(), "image", "set spec.build.image and spec.build.registry");
        if (Dockerfile.isNeeded(plan.config())) {
            return build(plan, name, destination, work);
        }
        if (destination instanceof Destination.Tar tar) {
            JibContainerBuilder image = outside(plan, from(plan.base()), ImageFormat.OCI, layers(plan))
                    .setLabels(plan.labels());
            return pack(plan, image, Containerizer.to(TarImage.at(tar.file()).named(name)), name)
                    .getDigest()
                    .toString();
        }
        DockerImage image = image(plan, name);
        Path tar = work.resolve("image.tar");
        if (destination instanceof Destination.Registry) {
            image.write(tar, layer -> true);
            return push(Jib.from(TarImage.at(tar)), name);
        }
        new EngineLoad(docker, log).load(image, plan.base() instanceof Base.Docker here ? here.image() : "", tar);
        return image.id();
    }

    private String build(ImagePlan plan, ImageReference name, Destination destination, Path work) throws IOException {
        String id = new DockerBuild(docker, plan, architecture()).run(work);
        return switch (destination) {
            case Destination.Docker ignored -> id;
            case Destination.Registry ignored -> push(Jib.from(daemon(name)), name);
            case Destination.Tar tar -> {
                try {
                    yield containerize(
                                    Jib.from(daemon(name)).setFormat(ImageFormat.OCI),
                                    Containerizer.to(TarImage.at(tar.file()).named(name)))
                            .getDigest()
                            .toString();
                } catch (RegistryException | ExecutionException e) {
                    throw failed(ErrorCode.ARTIFACT_NOT_WRITTEN, "image " + name + " can't be written", e, "try again");
                }
            }
        };
    }

    /** Of Docker's format, which jib makes in two parts. */
    private DockerImage image(ImagePlan plan, ImageReference name) throws IOException {
        List<FileEntriesLayer> layers = layers(plan);
        JibImage lower = new JibImage();
        String id = pack(
                        plan,
                        outside(plan, from(plan.base()), ImageFormat.Docker, layers.subList(0, ImageLayers.LOWER)),
                        Containerizer.to(lower, DockerDaemonImage.named(name)),
                        name)
                .getImageId()
                .toString();
        JibImage upper = new JibImage();
        JibContainerBuilder own =
                Jib.fromScratch().setFormat(ImageFormat.Docker).setCreationTime(Instant.EPOCH);
        pack(
                plan,
                own.setFileEntriesLayers(layers.subList(ImageLayers.LOWER, layers.size())),
                Containerizer.to(upper, DockerDaemonImage.named(name)),
                name);
        return new DockerImage(
                lower,
                new LowerImages(cache.resolve("lower")).told(id, lower),
                upper,
                new DockerImage.Outside(
                        plan.name(),
                        plan.labels(),
                        plan.config().spec().platform().healthCheckInterval()));
    }

    private List<FileEntriesLayer> layers(ImagePlan plan) throws IOException {
        return new ImageLayers(plan, new MadeFiles(cache.resolve("made"))).list();
    }

    private static JibContainerBuilder outside(
            ImagePlan plan, JibContainerBuilder image, ImageFormat format, List<FileEntriesLayer> layers) {
        image.setFormat(format)
                .setPlatforms(Set.of(new Platform(architecture(), "linux")))
                .setCreationTime(Instant.EPOCH)
                .setFileEntriesLayers(layers)
                .setExposedPorts(Port.tcp(8080), Port.tcp(8082))
                .setUser(ImagePlan.USER)
                .setWorkingDirectory(AbsoluteUnixPath.get(ImagePlan.CODE))
                .setProgramArguments(List.of("processor"));
        plan.environment().forEach(image::addEnvironmentVariable);
        return image;
    }

    private JibContainer pack(ImagePlan plan, JibContainerBuilder image, Containerizer to, ImageReference name)
            throws IOException {
        to.setOfflineMode(offline)
                .setAllowInsecureRegistries(plan.base() instanceof Base.Named base && isLoopback(base.image()));
        try {
            return containerize(image, to);
        } catch (RegistryException | ExecutionException e) {
            throw failed(ErrorCode.BASE_IMAGE_MISSING, "image " + name + " can't be made", e, BASE_FIX);
        }
    }

    private String push(JibContainerBuilder image, ImageReference name) throws IOException {
        Containerizer to = Containerizer.to(logins.of(name)).setAllowInsecureRegistries(isLoopback(name.toString()));
        try {
            return containerize(image.setFormat(ImageFormat.Docker).setCreationTime(Instant.EPOCH), to)
                    .getDigest()
                    .toString();
        } catch (RegistryException | ExecutionException e) {
            throw failed(
                    ErrorCode.IMAGE_NOT_PUSHED,
                    "image " + name + " can't be pushed",
                    e,
                    "see that the registry " + name.getRegistry() + " is up and that you may write there");
        }
    }

    private JibContainer containerize(JibContainerBuilder image, Containerizer to)
            throws IOException, RegistryException, ExecutionException {
        to.setBaseImageLayersCache(cache.resolve("base"))
                .setApplicationLayersCache(cache.resolve("ours"))
                .setToolName("nucleon")
                .addEventHandler(LogEvent.class, event -> {
                    if (event.getLevel() != LogEvent.Level.DEBUG) {
                        log.accept(event.getMessage());
                    }
                });
        try {
            return image.containerize(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the build was interrupted", e);
        } catch (CacheDirectoryCreationException e) {
            throw new IOException("the cache " + cache + " can't be written to", e);
        }
    }

    private DockerDaemonImage daemon(ImageReference name) {
        return DockerDaemonImage.named(name).setDockerEnvironment(docker.environment());
    }

    private JibContainerBuilder from(Base base) {
        return switch (base) {
            case Base.Scratch ignored -> Jib.fromScratch();
            case Base.Tar tar -> Jib.from(TarImage.at(tar.file()));
            case Base.Docker here -> Jib.from(daemon(base(here.image())));
            case Base.Named named -> Jib.from(logins.of(base(named.image())));
        };
    }

    private ImageReference base(String name) {
        return reference(name, "base image", "set spec.build.baseImage");
    }

    private ImageReference reference(String name, String what, String fix) {
        try {
            return ImageReference.parse(name);
        } catch (InvalidImageReferenceException e) {
            throw ErrorMessage.of(
                            ErrorCode.IMAGE_INVALID,
                            what + " '" + logins.mask(name) + "' can't be had",
                            logins.mask(e.getMessage()),
                            fix)
                    .toException();
        }
    }

    /** Registries of this machine are used without TLS, as Docker does. */
    private static boolean isLoopback(String image) {
        return image.matches("(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1])(:\\d+)?/.*");
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
            case "aarch64", "arm64" -> "arm64";
            default -> "amd64";
        };
    }

    /** Without the cause itself: what a registry said may hold what it was sent. */
    private NucleonException failed(ErrorCode code, String what, Exception e, String usual) {
        Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        String message = String.valueOf(cause.getMessage());
        int advice = message.indexOf(JIB_ADVICE);
        String why = logins.mask(advice < 0 ? message : message.substring(0, advice));
        if (cause instanceof FileSystemException) {
            return ErrorMessage.of(ErrorCode.ARTIFACT_NOT_WRITTEN, what, why, "see that the disk has room")
                    .toException();
        }
        boolean named = cause instanceof RegistryException;
        String fix = cause instanceof RegistryUnauthorizedException unauthorized
                ? "log in: docker login " + unauthorized.getImageReference().replaceFirst("/.*", "")
                : usual;
        return ErrorMessage.of(code, what, named ? why : cause.getClass().getSimpleName() + ": " + why, fix)
                .toException();
    }
}
