namespace Nucleon.Wrapper
{
    /// <summary>The numbers of PROTOCOL.md 1.0, in its order. Nothing else names an offset, a type or a flag by number.</summary>
    internal static class Layout
    {
        internal const int Major = 1, Minor = 0;

        // 1. Frame
        internal const int Length = 0;
        internal const int Type = 4;
        internal const int Flags = 5;
        internal const int Code = 6;
        internal const int Correlation = 8;
        internal const int Time = 16;
        internal const int Epoch = 24;
        internal const int Shard = 28;
        internal const int BodyLength = 32;
        internal const int HeadersLength = 36;
        internal const int PathLength = 40;
        internal const int ContentTypeLength = 42;
        internal const int IdLength = 44;
        internal const int ExtraLength = 46;
        internal const int ArenaOffset = 48;
        internal const int StreamOffset = 56;

        /// <summary>Bytes of a frame's header, and the alignment of frames in a ring.</summary>
        internal const int Header = 64;

        internal const int MaxShortSection = 0xFFFF;

        // 1. Types
        internal const byte Pad = 1;
        internal const byte Hello = 2;
        internal const byte Ready = 3;
        internal const byte Event = 4;
        internal const byte Response = 5;
        internal const byte Chunk = 6;
        internal const byte Log = 7;
        internal const byte Ack = 8;
        internal const byte Cancel = 9;
        internal const byte Drain = 10;
        internal const byte Terminate = 11;
        internal const byte Continue = 12;
        internal const byte Stop = 13;
        internal const byte Done = 14;
        internal const byte Fault = 15;

        // 1. Flags
        internal const byte More = 0x01;
        internal const byte Failed = 0x02;
        internal const byte Batch = 0x04;
        internal const byte Batched = 0x08;
        internal const byte NoAck = 0x10;
        internal const byte LastInBatch = 0x20;
        internal const byte Discarded = 0x40;
        internal const byte Object = 0x80;

        // 2. Event
        internal const int NoShard = -1;

        // 3.2 Log codes
        internal const ushort LogDebug = 0, LogInfo = 1, LogWarning = 2, LogError = 3;

        // 5. Segment

        /// <summary><c>"NUCLEON" 0x01</c> as a little-endian number.</summary>
        internal const long Magic = 0x014E4F454C43554E;

        internal const int SegmentMajor = 8;
        internal const int SegmentHeaderSize = 12;
        internal const int SegmentSize = 16;
        internal const int SegmentEpoch = 24;
        internal const int RequestRing = 32;
        internal const int ResponseRing = 48;
        internal const int RequestArena = 64;
        internal const int ResponseArena = 80;
        internal const int ArenaChunkSize = 96;
        internal const int RequestIndices = 1024;
        internal const int ResponseIndices = 2048;
        internal const int HeaderPage = 4096;

        internal const int Head = 0;
        internal const int Claimed = 128;
        internal const int Tail = 256;
        internal const int ConsumerWaiting = 384;
        internal const int ProducerWaiting = 512;
        internal const int Revoke = 640;
        internal const int RevokedFrom = 648;
        internal const int RevokedTo = 656;
        internal const int RevokeDone = 768;

        // 6. Spinning
        internal const int SpinMicros = 25;
        internal const int MaxBack = 1024;

        /// <summary>Length of a frame in a ring.</summary>
        internal static int Align(int length) => (length + Header - 1) & -Header;
    }
}
