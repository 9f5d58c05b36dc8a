package io.nucleon.builder.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The kinds of archives, told by their first bytes. nuclio tells them by the end of the address, and takes all else for zip. */
enum ArchiveKind {
    ZIP,
    SEVEN_Z,
    RAR,
    /** Pressed or not. */
    TAR,
    NONE;

    private static final int TAR_MAGIC_AT = 257;
    private static final int LOOKED_AT = 265;
    private static final byte[] TAR_MAGIC = "ustar".getBytes(StandardCharsets.US_ASCII);

    /** How the bytes of a tar are pressed. */
    private enum Press {
        GZIP("1f8b"),
        BZIP2("425a68"),
        XZ("fd377a585a00"),
        LZ4("04224d18"),
        SNAPPY("ff060000734e61507059");

        /** In hexadecimal. */
        private final String magic;

        Press(String magic) {
            this.magic = magic;
        }
    }

    static ArchiveKind of(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(LOOKED_AT);
        }
        if (begins(head, "504b0304") || begins(head, "504b0506")) {
            return ZIP;
        }
        if (begins(head, "377abcaf271c")) {
            return SEVEN_Z;
        }
        if (begins(head, "526172211a07")) {
            return RAR;
        }
        return isTar(head) || press(head) != null ? TAR : NONE;
    }

    private static boolean isTar(byte[] head) {
        return head.length >= TAR_MAGIC_AT + TAR_MAGIC.length
                && Arrays.equals(head, TAR_MAGIC_AT, TAR_MAGIC_AT + TAR_MAGIC.length, TAR_MAGIC, 0, TAR_MAGIC.length);
    }

    private static boolean begins(byte[] head, String magic) {
        byte[] bytes = HexFormat.of().parseHex(magic);
        return head.length >= bytes.length && Arrays.equals(head, 0, bytes.length, bytes, 0, bytes.length);
    }

    private static Press press(byte[] head) {
        return Arrays.stream(Press.values())
                .filter(press -> begins(head, press.magic))
                .findFirst()
                .orElse(null);
    }

    /** The stream as it was before it was pressed; the caller closes it. */
    static InputStream unpressed(InputStream in, int memoryKib) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in);
        buffered.mark(LOOKED_AT);
        byte[] head = buffered.readNBytes(LOOKED_AT);
        buffered.reset();
        return switch (press(head)) {
            case null -> buffered;
            case GZIP -> new GZIPInputStream(buffered);
            case BZIP2 -> new BZip2CompressorInputStream(buffered, true);
            case XZ ->
                XZCompressorInputStream.builder()
                        .setInputStream(buffered)
                        .setDecompressConcatenated(true)
                        .setMemoryLimitKiB(memoryKib)
                        .get();
            case LZ4 -> new FramedLZ4CompressorInputStream(buffered, true);
            case SNAPPY -> new FramedSnappyCompressorInputStream(buffered);
        };
    }
}
