package io.nucleon.wrapper;

/** The numbers of PROTOCOL.md, in its order. */
final class Layout {

    static final int MAJOR = 1;
    static final int MINOR = 0;

    // §1 Frame
    static final int LENGTH = 0;
    static final int TYPE = 4;
    static final int FLAGS = 5;
    static final int CODE = 6;
    static final int CORRELATION = 8;
    static final int TIME = 16;
    static final int EPOCH = 24;
    static final int SHARD = 28;
    static final int BODY_LENGTH = 32;
    static final int HEADERS_LENGTH = 36;
    static final int PATH_LENGTH = 40;
    static final int CONTENT_TYPE_LENGTH = 42;
    static final int ID_LENGTH = 44;
    static final int EXTRA_LENGTH = 46;
    static final int ARENA_OFFSET = 48;
    static final int STREAM_OFFSET = 56;
    /** Bytes of a frame's header, and the alignment of frames in a ring. */
    static final int HEADER = 64;

    static final int MAX_SHORT_SECTION = 0xFFFF;

    // Types
    static final int PAD = 1;
    static final int HELLO = 2;
    static final int READY = 3;
    static final int EVENT = 4;
    static final int RESPONSE = 5;
    static final int CHUNK = 6;
    static final int LOG = 7;
    static final int CANCEL = 9;
    static final int DRAIN = 10;
    static final int TERMINATE = 11;
    static final int CONTINUE = 12;
    static final int STOP = 13;
    static final int DONE = 14;
    static final int FAULT = 15;

    // Flags
    static final int MORE = 0x01;
    static final int FAILED = 0x02;
    static final int NO_ACK = 0x10;
    static final int DISCARDED = 0x40;

    /** §2: the method is in {@code extra}. */
    static final int METHOD_IN_EXTRA = 255;

    // §5 Segment
    /** {@code "NUCLEON" 0x01} as a little-endian long. */
    static final long MAGIC = 0x014E4F454C43554EL;

    static final int SEGMENT_MAGIC = 0;
    static final int SEGMENT_MAJOR = 8;
    static final int SEGMENT_HEADER_SIZE = 12;
    static final int SEGMENT_SIZE = 16;
    static final int SEGMENT_EPOCH = 24;
    static final int REQUEST_RING = 32;
    static final int RESPONSE_RING = 48;
    static final int REQUEST_ARENA = 64;
    static final int RESPONSE_ARENA = 80;
    static final int CHUNK_SIZE = 96;
    static final int REQUEST_INDICES = 1024;
    static final int RESPONSE_INDICES = 2048;
    static final int HEADER_PAGE = 4096;

    // Ring indices
    static final int HEAD = 0;
    static final int CLAIMED = 128;
    static final int TAIL = 256;
    static final int CONSUMER_WAITING = 384;
    static final int PRODUCER_WAITING = 512;
    static final int REVOKE = 640;
    static final int REVOKED_FROM = 648;
    static final int REVOKED_TO = 656;
    static final int REVOKE_DONE = 768;

    // §6 Spinning
    static final long SPIN_NANOS = 25_000;
    static final int MAX_BACK = 1024;

    private Layout() {}

    /** Length of a frame in a ring. */
    static int align(int length) {
        return (length + HEADER - 1) & -HEADER;
    }
}
