# frozen_string_literal: true

module Nucleon
  # Constants of PROTOCOL.md 1.0, in its order. Nothing else in the wrapper names an offset, a type or a flag by number.
  module Layout
    MAJOR = 1
    MINOR = 0

    # 1. Frame: length u32, type u8, flags u8, code u16, correlation u64, time i64, epoch u32, shard i32, bodyLength u32,
    # headersLength u32, path, contentType, id, extra u16 each, arenaOffset u64, streamOffset i64; little-endian.
    HEADER_FORMAT = 'L<CCS<Q<q<L<l<L<L<S<S<S<S<Q<q<'
    HEADER_LENGTH = 64
    MAX_SHORT = 0xFFFF

    # 1. Types
    HELLO = 2
    READY = 3
    EVENT = 4
    RESPONSE = 5
    CHUNK = 6
    LOG = 7
    ACK = 8
    CANCEL = 9
    DRAIN = 10
    TERMINATE = 11
    CONTINUE = 12
    STOP = 13
    DONE = 14
    FAULT = 15

    # 1. Flags
    MORE = 0x01
    FAILED = 0x02
    BATCH = 0x04
    BATCHED = 0x08
    NO_ACK = 0x10
    LAST_IN_BATCH = 0x20
    DISCARDED = 0x40
    OBJECT = 0x80

    # 2. Event
    NO_SHARD = -1

    # 3.2 Log codes
    LOG_DEBUG = 0
    LOG_INFO = 1
    LOG_WARNING = 2
    LOG_ERROR = 3

    # 5. Segment: magic, major, minor, headerSize, size, epoch
    MAGIC = "NUCLEON\x01".b.freeze
    PREAMBLE_FORMAT = 'a8S<S<L<Q<Q<'
    SEGMENT_HEADER_LENGTH = 4096
    REQUEST_INDICES = 1024
    CLAIMED = 128
  end
end
