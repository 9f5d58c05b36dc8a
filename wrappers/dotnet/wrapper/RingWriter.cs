using System;

namespace Nucleon.Wrapper
{
    /// <summary>
    /// The producer's side of the response ring. Confined to the holder of its connection's lock.
    ///
    /// <para><c>head</c> is stored with release after the frame's bytes and pairs with the processor's acquire load; <c>tail</c> is loaded
    /// with acquire and pairs with the processor's release store after its last read.</para>
    /// </summary>
    internal sealed unsafe class RingWriter
    {
        private const int Head = Layout.ResponseIndices + Layout.Head;
        private const int Tail = Layout.ResponseIndices + Layout.Tail;
        private const int PeerSleeps = Layout.ResponseIndices + Layout.ConsumerWaiting;
        private const int WaitsForRoom = Layout.ResponseIndices + Layout.ProducerWaiting;

        private readonly Segment segment;
        private readonly Bell bell;
        private readonly int epoch;
        private readonly int inlineLimit;
        private readonly Area ring;
        private readonly ResponseArena arena;
        private long head;
        private long tail;

        internal RingWriter(Segment segment, Hello hello, Bell bell)
        {
            this.segment = segment;
            this.bell = bell;
            epoch = hello.Epoch;
            inlineLimit = hello.InlineLimit;
            ring = segment.AreaAt(Layout.ResponseRing);
            // A frame may take a quarter of the ring, so that a slow reader never holds the writer with one frame.
            MaxFrame = Math.Min(hello.MaxFrame, ring.Size / 4);
            arena = new ResponseArena(segment.AreaAt(Layout.ResponseArena), segment.ChunkSize);
            head = segment.LoadAcquire(Head);
            tail = segment.LoadAcquire(Tail);
        }

        internal int MaxFrame { get; }

        /// <summary>Writes and publishes a frame; waits while there is no room.</summary>
        internal void Write(in Outgoing frame)
        {
            if (frame.BodyLength <= inlineLimit && frame.Length <= MaxFrame)
            {
                Publish(frame, 0);
            }
            else if (frame.HeadLength > MaxFrame)
            {
                throw new InvalidOperationException($"a frame of {frame.HeadLength} bytes without its body is too long");
            }
            else if (arena.Fits(frame.BodyLength))
            {
                WriteToArena(frame);
            }
            else
            {
                WriteInChunks(frame);
            }
        }

        /// <summary>Wakes the processor if it sleeps. Everything written before is published.</summary>
        internal void RingBell()
        {
            Segment.Fence();
            if (segment.LoadAcquire(PeerSleeps) != 0)
            {
                segment.StoreRelease(PeerSleeps, 0);
                bell.Ring();
            }
        }

        private void WriteToArena(in Outgoing frame)
        {
            int padded = Layout.Align(frame.HeadLength);
            AwaitRoom(padded);
            long position = head + PaddingBefore(padded);
            int at = arena.Claim(frame.BodyLength, tail, position);
            while (at < 0)
            {
                AwaitTail();
                at = arena.Claim(frame.BodyLength, tail, position);
            }
            frame.WriteBody(segment.Memory + at);
            Publish(frame, at);
        }

        private void WriteInChunks(in Outgoing frame)
        {
            ReadOnlySpan<byte> body = frame.BodyBytes;
            Publish(frame.WithoutBody(), 0);
            int most = MaxFrame - Layout.Header;
            for (int from = 0; from < body.Length; from += most)
            {
                int size = Math.Min(most, body.Length - from);
                Publish(frame.Chunk(body.Slice(from, size), from + size == body.Length), 0);
            }
        }

        private void Publish(in Outgoing frame, long arenaOffset)
        {
            int padded = Layout.Align(arenaOffset == 0 ? (int)frame.Length : frame.HeadLength);
            AwaitRoom(padded);
            int rest = PaddingBefore(padded);
            if (rest > 0)
            {
                byte* pad = Place();
                *(int*)(pad + Layout.Length) = rest;
                pad[Layout.Type] = Layout.Pad;
                head += rest;
            }
            byte* at = Place();
            frame.WriteHead(at, epoch, arenaOffset);
            if (arenaOffset == 0)
            {
                frame.WriteBody(at + frame.HeadLength);
            }
            head += padded;
            segment.StoreRelease(Head, head);
        }

        /// <summary>Where the next frame goes.</summary>
        private byte* Place() => segment.Memory + ring.Offset + ((int)head & (ring.Size - 1));

        /// <summary>What is left of the ring if a frame of so many bytes would straddle its end, else 0.</summary>
        private int PaddingBefore(int padded)
        {
            int rest = ring.Size - ((int)head & (ring.Size - 1));
            return rest < padded ? rest : 0;
        }

        /// <summary>Waits until a frame of so many bytes fits, with the padding before it if it would straddle the ring's end.</summary>
        private void AwaitRoom(int padded)
        {
            int needed = PaddingBefore(padded) + padded;
            while (head + needed - tail > ring.Size)
            {
                long seen = segment.LoadAcquire(Tail);
                if (seen < tail || seen > head)
                {
                    throw Errors.Violation($"the response ring's tail is {seen} where the head is {head}");
                }
                if (seen == tail)
                {
                    AwaitTail();
                }
                else
                {
                    tail = seen;
                }
            }
        }

        /// <summary>Sleeps until the processor has moved the tail.</summary>
        private void AwaitTail()
        {
            RingBell();
            while (true)
            {
                segment.StoreRelease(WaitsForRoom, 1);
                Segment.Fence();
                if (segment.LoadAcquire(Tail) != tail)
                {
                    break;
                }
                bell.Wait();
            }
            segment.StoreRelease(WaitsForRoom, 0);
            tail = segment.LoadAcquire(Tail);
        }
    }
}
