package io.nucleon.wrapper;

/** The numbers of PROTOCOL.md, in its order. */
public final class Layout {

    public static final int MAJOR = 1;
    public static final int MINOR = 0;

    // §1 Frame
    public static final int LENGTH = 0;
    public static final int TYPE = 4;
    public static final int FLAGS = 5;
    public static final int CODE = 6;
    public static final int CORRELATION = 8;
    public static final int TIME = 16;
    public static final int EPOCH = 24;
    public static final int SHARD = 28;
    public static final int BODY_LENGTH = 32;
    public static final int HEADERS_LENGTH = 36;
    public static final int PATH_LENGTH = 40;
    public static final int CONTENT_TYPE_LENGTH = 42;
    public static final int ID_LENGTH = 44;
    public static final int EXTRA_LENGTH = 46;
    public static final int ARENA_OFFSET = 48;
    public static final int STREAM_OFFSET = 56;
    /** Bytes of a frame's header, and the alignment of frames in a ring. */
    public static final int HEADER = 64;

    public static final int MAX_SHORT_SECTION = 0xFFFF;

    // Types
    public static final int PAD = 1;
    public static final int HELLO = 2;
    public static final int READY = 3;
    public static final int EVENT = 4;
    public static final int RESPONSE = 5;
    public static final int CHUNK = 6;
    public static final int LOG = 7;
    public static final int ACK = 8;
    public static final int CANCEL = 9;
    public static final int DRAIN = 10;
    public static final int TERMINATE = 11;
    public static final int CONTINUE = 12;
    public static final int STOP = 13;
    public static final int DONE = 14;
    public static final int FAULT = 15;

    // Flags
    public static final int MORE = 0x01;
    public static final int FAILED = 0x02;
    public static final int NO_ACK = 0x10;
    public static final int DISCARDED = 0x40;

    /** §2: the method is in {@code extra}. */
    public static final int METHOD_IN_EXTRA = 255;

    /** §2: not of a shard. */
    public static final int NO_SHARD = -1;

    // §5 Segment
    /** {@code "NUCLEON" 0x01} as a little-endian long. */
    public static final long MAGIC = 0x014E4F454C43554EL;

    public static final int SEGMENT_MAGIC = 0;
    public static final int SEGMENT_MAJOR = 8;
    public static final int SEGMENT_HEADER_SIZE = 12;
    public static final int SEGMENT_SIZE = 16;
    public static final int SEGMENT_EPOCH = 24;
    public static final int REQUEST_RING = 32;
    public static final int RESPONSE_RING = 48;
    public static final int REQUEST_ARENA = 64;
    public static final int RESPONSE_ARENA = 80;
    public static final int CHUNK_SIZE = 96;
    public static final int REQUEST_INDICES = 1024;
    public static final int RESPONSE_INDICES = 2048;
    public static final int HEADER_PAGE = 4096;

    // Ring indices
    public static final int HEAD = 0;
    public static final int CLAIMED = 128;
    public static final int TAIL = 256;
    public static final int CONSUMER_WAITING = 384;
    public static final int PRODUCER_WAITING = 512;
    public static final int REVOKE = 640;
    public static final int REVOKED_FROM = 648;
    public static final int REVOKED_TO = 656;
    public static final int REVOKE_DONE = 768;

    // §6 Spinning
    public static final long SPIN_NANOS = 25_000;
    public static final int MAX_BACK = 1024;

    private Layout() {}

    /** Length of a frame in a ring. */
    public static int align(int length) {
        return (length + HEADER - 1) & -HEADER;
    }
}
