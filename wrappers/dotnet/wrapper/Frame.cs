using System;
using System.Text;

namespace Nucleon.Wrapper
{
    /// <summary>A received frame: a view on its bytes, valid until it is released.</summary>
    internal readonly unsafe struct Frame
    {
        private readonly byte* at;
        private readonly byte* segment;

        /// <summary>Looks at a frame; nothing of it is checked yet. <paramref name="segment"/> is where arena offsets count from.</summary>
        internal Frame(byte* at, byte* segment)
        {
            this.at = at;
            this.segment = segment;
        }

        internal uint Length => *(uint*)(at + Layout.Length);

        internal byte Type => at[Layout.Type];

        internal byte Flags => at[Layout.Flags];

        internal ushort Code => *(ushort*)(at + Layout.Code);

        internal ulong Correlation => *(ulong*)(at + Layout.Correlation);

        internal long Time => *(long*)(at + Layout.Time);

        internal int Epoch => *(int*)(at + Layout.Epoch);

        internal int Shard => *(int*)(at + Layout.Shard);

        internal long StreamOffset => *(long*)(at + Layout.StreamOffset);

        internal ulong ArenaOffset => *(ulong*)(at + Layout.ArenaOffset);

        internal int BodyLength => *(int*)(at + Layout.BodyLength);

        /// <summary>Bytes before the body: header and sections.</summary>
        internal int HeadLength => ArenaOffset == 0 ? (int)Length - BodyLength : (int)Length;

        internal ReadOnlySpan<byte> Head => new ReadOnlySpan<byte>(at, HeadLength);

        /// <summary>The body's first byte.</summary>
        internal byte* BodyAt => ArenaOffset == 0 ? at + HeadLength : segment + ArenaOffset;

        internal ReadOnlySpan<byte> Body => new ReadOnlySpan<byte>(BodyAt, BodyLength);

        internal bool Has(byte flag) => (Flags & flag) != 0;

        /// <summary>A violation unless a frame with this header fits into so many bytes and into the sender's arena.</summary>
        internal void Check(long available, Area arena)
        {
            if (Length < Layout.Header || Length > available)
            {
                throw Errors.Violation($"a frame of {Length} bytes where {available} are possible");
            }
            ulong sections = (ulong)*(ushort*)(at + Layout.PathLength) + *(ushort*)(at + Layout.ContentTypeLength)
                + *(ushort*)(at + Layout.IdLength) + *(ushort*)(at + Layout.ExtraLength) + *(uint*)(at + Layout.HeadersLength);
            ulong body = *(uint*)(at + Layout.BodyLength);
            ulong sum = Layout.Header + sections + (ArenaOffset == 0 ? body : 0);
            if (sum != Length)
            {
                throw Errors.Violation($"a frame of {Length} bytes whose sections take {sum}");
            }
            bool inArena = ArenaOffset >= (ulong)arena.Offset && ArenaOffset <= (ulong)arena.End
                && body <= (ulong)arena.End - ArenaOffset;
            if (ArenaOffset != 0 && !inArena)
            {
                throw Errors.Violation($"a body at {ArenaOffset} of {body} bytes outside of the arena");
            }
        }

        /// <summary>A violation for a type that no processor sends after the hand-shake.</summary>
        internal void CheckType()
        {
            bool known = Type == Layout.Event || Type == Layout.Chunk || Type >= Layout.Cancel && Type <= Layout.Stop;
            if (!known)
            {
                throw Errors.Violation($"a frame of type {Type}, which does not go to workers");
            }
        }
    }

    /// <summary>A frame to be sent: header fields and sections. Its spans and arrays are read while it is sent, not later.</summary>
    internal ref struct Outgoing
    {
        internal byte Type;
        internal byte Flags;
        internal ushort Code;
        internal ulong Correlation;
        internal long Time;
        internal int Shard;
        internal long StreamOffset;
        internal ReadOnlySpan<byte> Path;
        internal ReadOnlySpan<byte> ContentType;
        internal ReadOnlySpan<byte> Id;
        internal ReadOnlySpan<byte> Extra;
        internal ReadOnlySpan<byte> Headers;
        private ReadOnlySpan<byte> body;
        private string? text;

        internal Outgoing(byte type, ulong correlation)
            : this()
        {
            Type = type;
            Correlation = correlation;
            Shard = Layout.NoShard;
        }

        internal int BodyLength { readonly get; private set; }

        /// <summary>Bytes without the body.</summary>
        internal readonly int HeadLength => Layout.Header + Path.Length + ContentType.Length + Id.Length + Extra.Length + Headers.Length;

        /// <summary>Bytes with the body inline.</summary>
        internal readonly long Length => (long)HeadLength + BodyLength;

        internal void SetBody(ReadOnlySpan<byte> bytes)
        {
            body = bytes;
            text = null;
            BodyLength = bytes.Length;
        }

        /// <summary>The body is a text's UTF-8, which is made where it is sent from.</summary>
        internal void SetBody(string words)
        {
            body = default;
            text = words;
            BodyLength = Encoding.UTF8.GetByteCount(words);
        }

        /// <summary>The body, made into bytes if it was a text.</summary>
        internal readonly ReadOnlySpan<byte> BodyBytes => text == null ? body : Encoding.UTF8.GetBytes(text);

        /// <summary>Writes header and sections. Every header field is written: the place may hold an old frame.</summary>
        internal readonly unsafe void WriteHead(byte* at, int epoch, long arenaOffset)
        {
            *(int*)(at + Layout.Length) = arenaOffset == 0 ? (int)Length : HeadLength;
            at[Layout.Type] = Type;
            at[Layout.Flags] = Flags;
            *(ushort*)(at + Layout.Code) = Code;
            *(ulong*)(at + Layout.Correlation) = Correlation;
            *(long*)(at + Layout.Time) = Time;
            *(int*)(at + Layout.Epoch) = epoch;
            *(int*)(at + Layout.Shard) = Shard;
            *(int*)(at + Layout.BodyLength) = BodyLength;
            *(int*)(at + Layout.HeadersLength) = Headers.Length;
            *(ushort*)(at + Layout.PathLength) = (ushort)Path.Length;
            *(ushort*)(at + Layout.ContentTypeLength) = (ushort)ContentType.Length;
            *(ushort*)(at + Layout.IdLength) = (ushort)Id.Length;
            *(ushort*)(at + Layout.ExtraLength) = (ushort)Extra.Length;
            *(long*)(at + Layout.ArenaOffset) = arenaOffset;
            *(long*)(at + Layout.StreamOffset) = StreamOffset;
            byte* next = Put(at + Layout.Header, Path);
            next = Put(next, ContentType);
            next = Put(next, Id);
            next = Put(next, Extra);
            Put(next, Headers);
        }

        /// <summary>Writes the body, wherever it goes.</summary>
        internal readonly unsafe void WriteBody(byte* at)
        {
            if (text == null)
            {
                Put(at, body);
                return;
            }
            fixed (char* words = text)
            {
                Encoding.UTF8.GetBytes(words, text.Length, at, BodyLength);
            }
        }

        /// <summary>The same with MORE and no body: chunks follow.</summary>
        internal readonly Outgoing WithoutBody()
        {
            Outgoing first = this;
            first.Flags |= Layout.More;
            first.SetBody(default(ReadOnlySpan<byte>));
            return first;
        }

        /// <summary>A part of this frame's body as a CHUNK; the last one says how the answer ended.</summary>
        internal readonly Outgoing Chunk(ReadOnlySpan<byte> part, bool last)
        {
            var chunk = new Outgoing(Layout.Chunk, Correlation) { Flags = last ? (byte)(Flags & Layout.Failed) : Layout.More };
            chunk.SetBody(part);
            return chunk;
        }

        private static unsafe byte* Put(byte* at, ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(new Span<byte>(at, bytes.Length));
            return at + bytes.Length;
        }
    }
}
