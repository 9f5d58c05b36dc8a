package io.nucleon.watch;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * What a look at a file remembers of it. Immutable.
 *
 * @param identity of the file on its disk, which a save by rename changes though time and size may stay
 */
record Stamp(long modifiedNanos, long size, Object identity) {

    static Stamp of(BasicFileAttributes attributes) {
        return new Stamp(
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS), attributes.size(), attributes.fileKey());
    }
}
