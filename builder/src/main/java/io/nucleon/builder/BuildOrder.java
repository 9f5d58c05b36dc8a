package io.nucleon.builder;

import io.nucleon.builder.source.AddressRule;
import io.nucleon.builder.source.CodeLimits;
import io.nucleon.spec.FunctionConfig;
import io.nucleon.spec.ReadOptions;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What is to be built, of what, and with what. Immutable.
 *
 * @param config the function as far as it is known before its code is here: flags, and its file if that lies here
 * @param folder relative paths of the configuration count from it
 * @param artifact what is to be made
 * @param tools what a build uses of this machine
 */
public record BuildOrder(FunctionConfig config, Path folder, Artifact artifact, Tools tools) {

    /** The forms that a built function has. */
    public enum Format {
        /** A folder that {@code nucleon run} serves on any machine. */
        FOLDER,
        /** An image as a folder, as the OCI image layout describes it. */
        OCI_LAYOUT,
        /** The same as one tar. */
        OCI_TAR,
        /** An image in the machine's Docker. */
        DOCKER,
        /** An image in a registry. */
        REGISTRY,
        /** The text of the Dockerfile of an image, which the report tells; no image is made. */
        DOCKERFILE;

        /** Whether it is an image, or what tells of one. */
        public boolean isImage() {
            return this != FOLDER;
        }
    }

    /**
     * What is to be made.
     *
     * @param target the folder or tar that is made; null for images that go to Docker or a registry, and for a Dockerfile
     * @param image the image's name; empty for the one that the configuration tells
     * @param aot whether an image has an AOT cache: a quicker start for 40 MB more and a digest that no other machine repeats
     */
    public record Artifact(Format format, Path target, String image, boolean aot) {
        public Artifact {
            Objects.requireNonNull(format, "format");
            Objects.requireNonNull(image, "image");
        }

        /** One without an AOT cache. */
        public Artifact(Format format, Path target, String image) {
            this(format, target, image, false);
        }
    }

    /**
     * What a build uses of this machine.
     *
     * @param home where Nucleon is unpacked; what of it goes into images
     * @param java the JDK whose modules go into images
     * @param cache of layers and dependencies; may be removed at any time between builds
     * @param reading what there is where the function will run
     */
    public record Tools(
            Path home, Path java, Path cache, AddressRule addresses, CodeLimits limits, ReadOptions reading) {}
}
