package io.nucleon.transport;

import java.util.List;

/**
 * Where the fields of a frame lie (PROTOCOL.md §1). Little-endian.
 *
 * <pre>
 *  0               4       5       6               8
 * +---------------+-------+-------+---------------+-------------------------------+
 * | length u32    | type  | flags | code u16      | correlation u64               |
 * +---------------+-------+-------+---------------+---------------+---------------+
 * | time i64                      | epoch u32     | shard i32                     |
 * +-------------------------------+---------------+-------------------------------+
 * | bodyLength u32                | headersLength u32                             |
 * +---------------+---------------+---------------+---------------+---------------+
 * | pathLength u16 | contentTypeLength u16 | idLength u16 | extraLength u16        |
 * +-------------------------------+-----------------------------------------------+
 * | arenaOffset u64               | streamOffset i64                              |
 * +-------------------------------+-----------------------------------------------+
 * | path | contentType | id | extra | headers | body
 * </pre>
 */
public final class FrameLayout {

    public static final int LENGTH = 0;
    public static final int TYPE = LENGTH + Integer.BYTES;
    public static final int FLAGS = TYPE + Byte.BYTES;
    public static final int CODE = FLAGS + Byte.BYTES;
    public static final int CORRELATION = CODE + Short.BYTES;
    public static final int TIME = CORRELATION + Long.BYTES;
    public static final int EPOCH = TIME + Long.BYTES;
    public static final int SHARD = EPOCH + Integer.BYTES;
    public static final int BODY_LENGTH = SHARD + Integer.BYTES;
    public static final int HEADERS_LENGTH = BODY_LENGTH + Integer.BYTES;
    public static final int PATH_LENGTH = HEADERS_LENGTH + Integer.BYTES;
    public static final int CONTENT_TYPE_LENGTH = PATH_LENGTH + Short.BYTES;
    public static final int ID_LENGTH = CONTENT_TYPE_LENGTH + Short.BYTES;
    public static final int EXTRA_LENGTH = ID_LENGTH + Short.BYTES;
    public static final int ARENA_OFFSET = EXTRA_LENGTH + Short.BYTES;
    public static final int STREAM_OFFSET = ARENA_OFFSET + Long.BYTES;

    /** Bytes of the header; also the alignment of frames in a ring, so that the rest at a ring's end is 0 or holds a header. */
    public static final int HEADER = STREAM_OFFSET + Long.BYTES;

    /** Longest path, content type, id or extra. */
    public static final int MAX_SHORT_SECTION = 0xFFFF;

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

    public static final int FLAG_MORE = 0x01;
    public static final int FLAG_FAILED = 0x02;
    public static final int FLAG_BATCH = 0x04;
    public static final int FLAG_BATCHED = 0x08;
    public static final int FLAG_NO_ACK = 0x10;
    public static final int FLAG_LAST_IN_BATCH = 0x20;
    public static final int FLAG_DISCARDED = 0x40;
    public static final int FLAG_OBJECT = 0x80;

    public static final int PROTOCOL_MAJOR = 1;
    public static final int PROTOCOL_MINOR = 0;

    /** PROTOCOL.md's words for the types, from {@link #PAD} on. */
    private static final List<String> TYPES = List.of(
            "PAD",
            "HELLO",
            "READY",
            "EVENT",
            "RESPONSE",
            "CHUNK",
            "LOG",
            "ACK",
            "CANCEL",
            "DRAIN",
            "TERMINATE",
            "CONTINUE",
            "STOP",
            "DONE",
            "FAULT");

    private FrameLayout() {}

    /** The type's name; {@code type 16} for a number that no type has. */
    public static String typeName(int type) {
        return type >= PAD && type <= TYPES.size() ? TYPES.get(type - PAD) : "type " + type;
    }

    /** The type of that name; 0 if none has it. */
    public static int typeNamed(String name) {
        return TYPES.indexOf(name) + PAD;
    }

    /** Length of a frame in a ring: the next multiple of {@link #HEADER}. */
    public static int align(int length) {
        return (length + HEADER - 1) & -HEADER;
    }
}
