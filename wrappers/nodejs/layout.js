'use strict';
// Constants of PROTOCOL.md 1.0, in its order. Nothing else in the wrapper names an offset, a type or a flag by number.

const MAJOR = 1;
const MINOR = 0;

// 1. Frame: offsets of the header's fields, little-endian
const LENGTH = 0;
const TYPE = 4;
const FLAGS = 5;
const CODE = 6;
const CORRELATION = 8;
const TIME = 16;
const EPOCH = 24;
const SHARD = 28;
const BODY_LENGTH = 32;
const HEADERS_LENGTH = 36;
const PATH_LENGTH = 40;
const CONTENT_TYPE_LENGTH = 42;
const ID_LENGTH = 44;
const EXTRA_LENGTH = 46;
const ARENA_OFFSET = 48;
const STREAM_OFFSET = 56;
const HEADER_LENGTH = 64;
const ALIGNMENT = 64;
const MAX_SHORT = 0xffff;

// 1. Types
const PAD = 1;
const HELLO = 2;
const READY = 3;
const EVENT = 4;
const RESPONSE = 5;
const CHUNK = 6;
const LOG = 7;
const ACK = 8;
const CANCEL = 9;
const DRAIN = 10;
const TERMINATE = 11;
const CONTINUE = 12;
const STOP = 13;
const DONE = 14;
const FAULT = 15;

// 1. Flags
const MORE = 0x01;
const FAILED = 0x02;
const BATCH = 0x04;
const BATCHED = 0x08;
const NO_ACK = 0x10;
const LAST_IN_BATCH = 0x20;
const DISCARDED = 0x40;
const OBJECT = 0x80;

// 2. Event
const METHOD_IN_EXTRA = 255;
const NO_SHARD = -1;

// 3.2 Log codes
const LOG_DEBUG = 0;
const LOG_INFO = 1;
const LOG_WARNING = 2;
const LOG_ERROR = 3;

// 5. Segment
const MAGIC = 'NUCLEON\x01';
const SEGMENT_MAJOR = 8;
const SEGMENT_HEADER_SIZE = 12;
const SEGMENT_SIZE = 16;
const SEGMENT_EPOCH = 24;
const SEGMENT_AREAS = 32; // request ring, response ring, request arena, response arena: offset and size, 8 bytes each
const ARENA_CHUNK_SIZE = 96;
const SEGMENT_HEADER_LENGTH = 4096;
const REQUEST_INDICES = 1024;
const RESPONSE_INDICES = 2048;
const HEAD = 0;
const CLAIMED = 128;
const TAIL = 256;
const CONSUMER_WAITING = 384;
const PRODUCER_WAITING = 512;
const REVOKE = 640;
const REVOKED_FROM = 648;
const REVOKED_TO = 656;
const REVOKE_DONE = 768;

// 6. Spinning
const MAX_BACK = 1024;

module.exports = {
    MAJOR,
    MINOR,
    LENGTH,
    TYPE,
    FLAGS,
    CODE,
    CORRELATION,
    TIME,
    EPOCH,
    SHARD,
    BODY_LENGTH,
    HEADERS_LENGTH,
    PATH_LENGTH,
    CONTENT_TYPE_LENGTH,
    ID_LENGTH,
    EXTRA_LENGTH,
    ARENA_OFFSET,
    STREAM_OFFSET,
    HEADER_LENGTH,
    ALIGNMENT,
    MAX_SHORT,
    PAD,
    HELLO,
    READY,
    EVENT,
    RESPONSE,
    CHUNK,
    LOG,
    ACK,
    CANCEL,
    DRAIN,
    TERMINATE,
    CONTINUE,
    STOP,
    DONE,
    FAULT,
    MORE,
    FAILED,
    BATCH,
    BATCHED,
    NO_ACK,
    LAST_IN_BATCH,
    DISCARDED,
    OBJECT,
    METHOD_IN_EXTRA,
    NO_SHARD,
    LOG_DEBUG,
    LOG_INFO,
    LOG_WARNING,
    LOG_ERROR,
    MAGIC,
    SEGMENT_MAJOR,
    SEGMENT_HEADER_SIZE,
    SEGMENT_SIZE,
    SEGMENT_EPOCH,
    SEGMENT_AREAS,
    ARENA_CHUNK_SIZE,
    SEGMENT_HEADER_LENGTH,
    REQUEST_INDICES,
    RESPONSE_INDICES,
    HEAD,
    CLAIMED,
    TAIL,
    CONSUMER_WAITING,
    PRODUCER_WAITING,
    REVOKE,
    REVOKED_FROM,
    REVOKED_TO,
    REVOKE_DONE,
    MAX_BACK,
};
