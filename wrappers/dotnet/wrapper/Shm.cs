using System;

namespace Nucleon.Wrapper
{
    /// <summary>
    /// The connection over two rings in shared memory (PROTOCOL.md §5); bells travel on the socket.
    ///
    /// <para>The fences of <see cref="Flush"/> and of <see cref="Sleep"/> stand between an index and a flag that says who sleeps.</para>
    /// </summary>
    internal sealed unsafe class ShmConnection : Connection
    {
        private const int Head = Layout.RequestIndices + Layout.Head;
        private const int Tail = Layout.RequestIndices + Layout.Tail;
        private const int Sleeps = Layout.RequestIndices + Layout.ConsumerWaiting;
        private const int PeerWaitsForRoom = Layout.RequestIndices + Layout.ProducerWaiting;

        // Answers are published at once, but the bell for a sleeping processor waits until quick handlers have owed it this much time,
        // or until there is nothing more to do: one wake for many answers. A handler that is slow all of a sudden delays those before
        // it until the processor's own look at its rings, at most 20 ms.
        private const long QuickNanos = 50_000;

        // What an event costs around its handler.
        private const long OwnNanos = 1_000;

        private readonly object writing = new object();
        private readonly Segment segment;
        private readonly byte* memory;
        private readonly int epoch;
        private readonly Area ring;
        private readonly Area arena;
        private readonly Bell bell;
        private readonly RingWriter responses;
        private readonly Claims claims;
        private readonly SpinGate gate;
        private readonly Func<bool> hasCome;
        private long head;
        private long position;
        private long next;
        private long owed;
        private int taken; // frames since the last sleep

        internal ShmConnection(int socket, Hello hello, Segment segment)
        {
            this.segment = segment;
            memory = segment.Memory;
            epoch = hello.Epoch;
            ring = segment.AreaAt(Layout.RequestRing);
            arena = segment.AreaAt(Layout.RequestArena);
            if (ring.Size == 0 || segment.AreaAt(Layout.ResponseRing).Size == 0)
            {
                throw Errors.Violation("the segment of an shm connection has no rings");
            }
            bell = new Bell(socket);
            responses = new RingWriter(segment, hello, bell);
            gate = new SpinGate(hello.Spin);
            hasCome = () => segment.LoadAcquire(Head) != position;
            head = position = next = segment.LoadAcquire(Tail);
            claims = new Claims(segment, socket);
        }

        internal override int MaxFrame => responses.MaxFrame;

        internal override Frame Next()
        {
            while (true)
            {
                while (position == head && !Look())
                {
                    Sleep();
                }
                if (Examine(out Frame frame))
                {
                    return frame;
                }
                Release();
            }
        }

        internal override bool Claim()
        {
            bool mine = claims.Claim(position, next);
            if (owed > QuickNanos)
            {
                Flush();
            }
            return mine;
        }

        internal override void Release()
        {
            taken++;
            position = next;
            segment.StoreRelease(Tail, position); // after the last read of the frame; pairs with the processor's acquire load
        }

        internal override void Send(in Outgoing frame)
        {
            lock (writing)
            {
                responses.Write(frame);
                owed += frame.Type == Layout.Response ? frame.Time + OwnNanos : QuickNanos + 1; // rare frames are not held back
            }
        }

        internal override void Flush()
        {
            lock (writing)
            {
                if (owed > 0)
                {
                    owed = 0;
                    responses.RingBell();
                }
            }
        }

        private bool Look()
        {
            long seen = segment.LoadAcquire(Head);
            if (seen == position)
            {
                return false;
            }
            if (seen < position || seen - position > ring.Size || seen % Layout.Header != 0)
            {
                throw Errors.Violation($"the request ring's head is {seen} where the worker is at {position}");
            }
            head = seen;
            return true;
        }

        /// <summary>False for a frame to pass over.</summary>
        private bool Examine(out Frame frame)
        {
            int index = (int)position & (ring.Size - 1);
            int toEnd = ring.Size - index;
            long there = Math.Min(head - position, toEnd);
            frame = new Frame(memory + ring.Offset + index, memory);
            if (frame.Type == Layout.Pad)
            {
                if (frame.Length != toEnd || there < toEnd)
                {
                    throw Errors.Violation($"a PAD of {frame.Length} bytes where the ring's end is {toEnd} away");
                }
                next = position + toEnd;
                return false;
            }
            frame.Check(there, arena);
            frame.CheckType();
            next = position + Layout.Align((int)frame.Length);
            if (frame.Epoch != epoch)
            {
                Dropped++;
                return false;
            }
            return true;
        }

        private void Sleep()
        {
            Flush();
            Segment.Fence(); // between `tail`, which was moved, and the flag of who waits for that
            if (segment.LoadAcquire(PeerWaitsForRoom) != 0)
            {
                segment.StoreRelease(PeerWaitsForRoom, 0);
                bell.Ring();
            }
            bool alone = taken <= 1;
            taken = 0;
            if (alone && gate.Spin(hasCome))
            {
                return;
            }
            segment.StoreRelease(Sleeps, 1);
            Segment.Fence();
            if (!hasCome())
            {
                bell.Wait();
            }
            segment.StoreRelease(Sleeps, 0);
        }
    }
}
