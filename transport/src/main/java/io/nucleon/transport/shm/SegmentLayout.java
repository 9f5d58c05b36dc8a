package io.nucleon.transport.shm;

/**
 * Where the parts of a segment lie (PROTOCOL.md §5). Little-endian.
 *
 * <pre>
 * 0     header: magic, version, sizes, epoch       written by the processor before the hand-shake
 * 1024  request ring indices   ({@link RingLayout})
 * 2048  response ring indices
 * 4096  request ring | response ring | request arena | response arena
 * </pre>
 *
 * @param ringSize bytes of each ring, a power of two; 0 = the header page alone
 * @param arenaSize bytes of each arena, at most {@link #ARENA_CHUNKS} chunks
 */
public record SegmentLayout(int ringSize, int arenaSize) {

    public static final int MAGIC = 0;
    public static final int MAJOR = MAGIC + Long.BYTES;
    public static final int MINOR = MAJOR + Short.BYTES;
    public static final int HEADER_SIZE = MINOR + Short.BYTES;
    public static final int SIZE = HEADER_SIZE + Integer.BYTES;
    public static final int EPOCH = SIZE + Long.BYTES;
    public static final int REQUEST_RING = EPOCH + Long.BYTES;
    public static final int RESPONSE_RING = REQUEST_RING + 2 * Long.BYTES;
    public static final int REQUEST_ARENA = RESPONSE_RING + 2 * Long.BYTES;
    public static final int RESPONSE_ARENA = REQUEST_ARENA + 2 * Long.BYTES;
    public static final int CHUNK_SIZE = RESPONSE_ARENA + 2 * Long.BYTES;

    public static final int REQUEST_INDICES = 1024;
    public static final int RESPONSE_INDICES = 2048;
    public static final int HEADER_PAGE = 4096;

    /** {@code "NUCLEON" 0x01} as a little-endian long. */
    public static final long MAGIC_VALUE = 0x014E4F454C43554EL;

    /** An arena's runs are kept in one long. */
    public static final int ARENA_CHUNKS = Long.SIZE;

    /** One page of status, for a connection that carries its frames elsewhere. */
    public static final SegmentLayout STATUS_PAGE = new SegmentLayout(0, 0);

    /** 8 MiB: two rings of 1 MiB and two arenas of 3 MiB. */
    public static final SegmentLayout STANDARD = new SegmentLayout(1 << 20, 3 << 20);

    private static final int CHUNK = 64 * 1024;

    public SegmentLayout {
        if (ringSize != 0 && (Integer.bitCount(ringSize) != 1 || ringSize < HEADER_PAGE)) {
            throw new IllegalArgumentException("ring of " + ringSize + " bytes is no power of two of at least a page");
        }
        if (arenaSize % CHUNK != 0 || arenaSize / CHUNK > ARENA_CHUNKS) {
            throw new IllegalArgumentException("arena of " + arenaSize + " bytes is not 0 to 64 chunks of 64 KiB");
        }
    }

    /** Bytes of a chunk, the unit of an arena's runs. */
    public int chunkSize() {
        return CHUNK;
    }

    public int requestRing() {
        return HEADER_PAGE;
    }

    public int responseRing() {
        return requestRing() + ringSize;
    }

    public int requestArena() {
        return responseRing() + ringSize;
    }

    public int responseArena() {
        return requestArena() + arenaSize;
    }

    /** Bytes of the whole segment. */
    public int size() {
        return responseArena() + arenaSize;
    }
}
