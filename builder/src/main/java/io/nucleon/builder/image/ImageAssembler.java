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
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import io.nucleon.builder.source.CodeTree;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** Assembles images. Safe for many threads: jib locks its caches. */
public final class ImageAssembler {
    private final Path cache;
    private final boolean offline;
    private final Consumer<String> log;

    /**
     * An assembler.
     *
     * @param cache of layers
     * @param offline whether nothing may be fetched
     * @param log takes jib's lines
     */
    public ImageAssembler(Path cache, boolean offline, Consumer<String> log) {
        this.cache = cache;
        this.offline = offline;
        this.log = log;
    }

    /**
     * Assembles an image and brings it to its destination.
     *
     * @return the digest of its manifest, {@code sha256:…}
     * @throws io.nucleon.error.NucleonException NUC-6007 if the base can't be had, NUC-6008 if the image can't be written, NUC-6009 if a
     *     registry refuses it
     */
    public String assemble(ImagePlan plan, Destination destination) throws IOException {
        Path work = Files.createTempDirectory("nucleon-image-");
        try {
            ImageReference name = ImageReference.parse(plan.name());
            JibContainerBuilder image = from(plan.base())
                    .setFormat(destination instanceof Destination.Docker ? ImageFormat.Docker : ImageFormat.OCI)
                    .setPlatforms(Set.of(new Platform(architecture(), "linux")))
                    .setCreationTime(Instant.EPOCH)
                    .setFileEntriesLayers(new ImageLayers(plan, work).list())
                    .setLabels(plan.labels())
                    .setExposedPorts(Port.tcp(8080), Port.tcp(8082))
                    .setUser(ImagePlan.USER)
                    .setWorkingDirectory(AbsoluteUnixPath.get(ImagePlan.CODE))
                    .setProgramArguments(List.of("processor"));
            plan.environment().forEach(image::addEnvironmentVariable);
            return containerize(image, name, destination);
        } catch (InvalidImageReferenceException e) {
            throw ErrorMessage.of(
                            ErrorCode.IMAGE_INVALID,
                            "image '" + plan.name() + "' can't be made",
                            e.getMessage(),
                            "set spec.build.image")
                    .toException(e);
        } finally {
            CodeTree.remove(work);
        }
    }

    private String containerize(JibContainerBuilder image, ImageReference name, Destination destination)
            throws IOException {
        Containerizer to = switch (destination) {
            case Destination.Tar tar -> Containerizer.to(TarImage.at(tar.file()).named(name));
            case Destination.Docker ignored -> Containerizer.to(DockerDaemonImage.named(name));
            case Destination.Registry ignored -> Containerizer.to(credentials(RegistryImage.named(name), name));
        };
        to.setBaseImageLayersCache(cache.resolve("base"))
                .setApplicationLayersCache(cache.resolve("ours"))
                .setOfflineMode(offline)
                .setAllowInsecureRegistries(isLoopback(name.getRegistry()))
                .setToolName("nucleon")
                .addEventHandler(LogEvent.class, event -> {
                    if (event.getLevel() != LogEvent.Level.DEBUG) {
                        log.accept(event.getMessage());
                    }
                });
        try {
            JibContainer made = image.containerize(to);
            return made.getDigest().toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(ErrorCode.ARTIFACT_NOT_WRITTEN, name, "the build was interrupted", e);
        } catch (RegistryException e) {
            throw failed(
                    destination instanceof Destination.Registry
                            ? ErrorCode.IMAGE_NOT_PUSHED
                            : ErrorCode.BASE_IMAGE_MISSING,
                    name,
                    e.getMessage(),
                    e);
        } catch (CacheDirectoryCreationException e) {
            throw failed(ErrorCode.ARTIFACT_NOT_WRITTEN, name, "the cache " + cache + " can't be written to", e);
        } catch (ExecutionException e) {
            throw failed(
                    ErrorCode.BASE_IMAGE_MISSING,
                    name,
                    String.valueOf(
                            e.getCause() == null ? e.getMessage() : e.getCause().getMessage()),
                    e);
        }
    }

    private JibContainerBuilder from(Base base) {
        try {
            return switch (base) {
                case Base.Scratch ignored -> Jib.fromScratch();
                case Base.Tar tar -> Jib.from(TarImage.at(tar.file()));
                case Base.Docker docker -> Jib.from(DockerDaemonImage.named(docker.image()));
                case Base.Named named -> {
                    ImageReference name = ImageReference.parse(named.image());
                    yield Jib.from(credentials(RegistryImage.named(name), name));
                }
            };
        } catch (InvalidImageReferenceException e) {
            throw ErrorMessage.of(
                            ErrorCode.IMAGE_INVALID,
                            "the base image can't be had",
                            e.getMessage(),
                            "set spec.build.baseImage")
                    .toException(e);
        }
    }

    /** Where {@code docker login} leaves them. */
    private RegistryImage credentials(RegistryImage image, ImageReference name) {
        CredentialRetrieverFactory factory = CredentialRetrieverFactory.forImage(name, event -> {});
        return image.addCredentialRetriever(factory.dockerConfig());
    }

    private static boolean isLoopback(String registry) {
        return registry.matches("(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1])(:\\d+)?");
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
            case "aarch64", "arm64" -> "arm64";
            default -> "amd64";
        };
    }

    private static RuntimeException failed(ErrorCode code, ImageReference name, String why, Exception cause) {
        return ErrorMessage.of(code, "image " + name + " can't be made", why, fix(code))
                .toException(cause);
    }

    private static String fix(ErrorCode code) {
        return switch (code) {
            case IMAGE_NOT_PUSHED -> "see that the registry is up and that you are logged in: docker login";
            case BASE_IMAGE_MISSING ->
                "check spec.build.baseImage: an image of a registry, docker:IMAGE, tar:FILE or scratch";
            default -> "see that the disk has room";
        };
    }
}
