"""Constants of PROTOCOL.md 1.0, in its order. Nothing else in the wrapper names an offset, a type or a flag by number."""

from __future__ import annotations

MAJOR, MINOR = 1, 0

# 1. Frame: `<` little-endian; length u32, type u8, flags u8, code u16, correlation u64, time i64, epoch u32, shard i32,
# bodyLength u32, headersLength u32, path, contentType, id, extra u16 each, arenaOffset u64, streamOffset i64.
HEADER_FORMAT = "<IBBHQqIiIIHHHHQq"
HEADER_LENGTH = 64
ALIGNMENT = 64
MAX_SHORT = 0xFFFF

# 1. Types
PAD = 1
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
METHOD_IN_EXTRA = 255
NO_SHARD = -1

# 3.2 Log codes
LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR = 0, 1, 2, 3

# 5. Segment
MAGIC = b"NUCLEON\x01"
PREAMBLE_FORMAT = "<8sHHI10QI"  # magic, major, minor, headerSize, size, epoch, 4 × (offset, size), arenaChunkSize
SEGMENT_HEADER_LENGTH = 4096
REQUEST_INDICES = 1024
RESPONSE_INDICES = 2048
HEAD = 0
CLAIMED = 128
TAIL = 256
CONSUMER_WAITING = 384
PRODUCER_WAITING = 512
REVOKE = 640
REVOKED_FROM = 648
REVOKED_TO = 656
REVOKE_DONE = 768

# 6. Spinning
MAX_BACK = 1024
