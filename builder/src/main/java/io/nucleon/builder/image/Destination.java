package io.nucleon.builder.image;

import java.nio.file.Path;

/** Where an image goes. */
public sealed interface Destination {

    /** A tar of the OCI image layout. */
    record Tar(Path file) implements Destination {}

    /** The machine's Docker. */
    record Docker() implements Destination {}

    /** The registry that the image's name tells. */
    record Registry() implements Destination {}
}
