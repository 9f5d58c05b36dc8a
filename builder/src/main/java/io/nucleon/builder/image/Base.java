package io.nucleon.builder.image;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.spec.Build;
import io.nucleon.spec.FunctionConfig;
import io.nucleon.spec.RuntimeName;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an image stands on. */
public sealed interface Base {

    /** Nothing. */
    record Scratch() implements Base {}

    /** A tar of an image, as {@code docker save} writes it. */
    record Tar(Path file) implements Base {}

    /** An image of its registry. */
    record Named(String image) implements Base {}

    /** An image of the machine's Docker. */
    record Docker(String image) implements Base {}

    /**
     * The base of a function: {@code build.baseImage}, which may be {@code scratch}, {@code tar:FILE} or {@code docker:IMAGE}, else its
     * runtime's, below {@code build.baseImageRegistry}. With {@code build.noBaseImagesPull} what the machine's Docker has of that name is
     * taken.
     *
     * @throws io.nucleon.error.NucleonException NUC-6007 if a tar is named that is not there
     */
    static Base of(FunctionConfig config, DockerCommand docker) {
        Build.Images images = config.spec().build().images();
        String given = images.baseImage();
        if (given.equals("scratch")) {
            return new Scratch();
        }
        if (given.startsWith("tar:")) {
            return tar(Path.of(given.substring("tar:".length())));
        }
        if (given.startsWith("docker:") && !given.startsWith("docker:/") && given.indexOf('/') != 7) {
            return new Docker(given.substring("docker:".length()));
        }
        String name = given.isEmpty()
                ? below(images.baseImageRegistry(), usual(config.spec().runtime()))
                : given;
        return images.noBaseImagesPull() && docker.has(name) ? new Docker(name) : new Named(name);
    }

    private static Base tar(Path file) {
        if (!Files.isRegularFile(file)) {
            throw ErrorMessage.of(
                            ErrorCode.BASE_IMAGE_MISSING,
                            "base image " + file + " can't be had",
                            "there is no such file",
                            "write one: docker save -o FILE IMAGE")
                    .toException();
        }
        return new Tar(file);
    }

    /** A registry takes the place of the first part of a name that has several. */
    private static String below(String registry, String image) {
        String plain = registry.replaceFirst("^https?://", "").replaceFirst("/+$", "");
        return plain.isEmpty() ? image : plain + "/" + image.substring(image.indexOf('/') + 1);
    }

    /**
     * As nuclio where its images can still be had and have a C library of GNU, which the Java of the image is linked for; nuclio's node and
     * openjdk ones are long out of support.
     */
    private static String usual(RuntimeName runtime) {
        String version = runtime.version();
        return switch (runtime.name()) {
            case "python" -> "python:" + (version.isEmpty() ? "3.11" : version) + "-slim";
            case "nodejs" -> "node:" + (version.isEmpty() ? "22" : version) + "-slim";
            case "ruby" -> "ruby:" + (version.isEmpty() ? "3.3" : version) + "-slim";
            case "dotnetcore" -> "mcr.microsoft.com/dotnet/sdk:" + (version.isEmpty() ? "8.0" : version);
            default -> "debian:trixie-slim";
        };
    }
}
