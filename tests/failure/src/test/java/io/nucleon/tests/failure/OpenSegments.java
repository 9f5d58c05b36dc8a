package io.nucleon.tests.failure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The segments that this process, the processor of a {@link Middle}, has open. What a worker may write there, whatever its language, is
 * written here.
 */
final class OpenSegments {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    /** Ring indices, then the rings and the first half of an arena. */
    private static final int FROM = 1024;

    private static final int TO = 2_500_000;

    private OpenSegments() {}

    /** Paths by which they can be opened anew. */
    static List<Path> all() {
        try (var links = Files.list(DESCRIPTORS)) {
            return links.filter(OpenSegments::isSegment).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isSegment(Path link) {
        try {
            // Jars of the class path have such names too.
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/memfd:nucleon-") || (target.contains("nucleon-") && !target.contains(".jar"));
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    /** Random bytes over indices, rings and bodies. */
    static void scribble(SplittableRandom random) throws IOException {
        for (Path segment : all()) {
            byte[] garbage = new byte[(int) Math.max(0, Math.min(size(segment), TO) - FROM)];
            random.nextBytes(garbage);
            write(segment, ByteBuffer.wrap(garbage), FROM);
        }
    }

    private static long size(Path segment) throws IOException {
        try {
            return Files.size(segment);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** A number in the place of another. */
    static void put(long value, long offset) throws IOException {
        for (Path segment : all()) {
            ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            write(segment, bytes.putLong(0, value), offset);
        }
    }

    private static void write(Path segment, ByteBuffer bytes, long offset) throws IOException {
        try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
            if (!isSegment(segment)) {
                return; // closed meanwhile, and its number is another's
            }
            for (long at = offset; bytes.hasRemaining(); ) {
                at += channel.write(bytes, at);
            }
        } catch (NoSuchFileException e) {
            // a worker's that is gone, closed meanwhile
        }
    }

    /** Takes all memory from under their mappings. */
    static void truncate() throws IOException {
        for (Path segment : all()) {
            try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
                if (isSegment(segment)) {
                    channel.truncate(0);
                }
            } catch (NoSuchFileException e) {
                // as above
            }
        }
    }
}
