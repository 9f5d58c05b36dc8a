using System;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Nucleon.Wrapper
{
    /// <summary>
    /// The connection whose frames travel on the socket; the segment is one page for <see cref="Claims"/>. Answers are collected while
    /// handlers are quick and go out together: a call costs several times what an empty event does.
    /// </summary>
    internal sealed unsafe class UnixConnection : Connection
    {
        // One read takes many small frames; also the most that is collected before it is sent.
        private const int Buffer = 256 * 1024;

        // An answer waits that long at most behind handlers, for company.
        private static readonly long HoldBack = Stopwatch.Frequency / 10_000;

        private readonly object writing = new object();
        private readonly int socket;
        private readonly Claims claims;
        private readonly int epoch;
        private readonly byte* outgoing = (byte*)Marshal.AllocHGlobal(Buffer);
        private int pending;
        private long pendingSince;
        private byte* incoming = (byte*)Marshal.AllocHGlobal(Buffer);
        private int capacity = Buffer;
        private int place;
        private int end;
        private int inHand;
        private long received;

        internal UnixConnection(int socket, Hello hello, Segment segment)
        {
            this.socket = socket;
            claims = new Claims(segment, socket);
            epoch = hello.Epoch;
            MaxFrame = hello.MaxFrame;
        }

        internal override int MaxFrame { get; }

        internal override Frame Next()
        {
            while (true)
            {
                Await(Layout.Header);
                var frame = new Frame(incoming + place, null);
                frame.Check(MaxFrame, default); // before more is waited for: a broken length may never be reached
                frame.CheckType();
                Await((int)frame.Length);
                frame = new Frame(incoming + place, null); // reading may have moved it
                inHand = (int)frame.Length;
                if (frame.Epoch == epoch)
                {
                    return frame;
                }
                Dropped++;
                Release();
            }
        }

        internal override bool Claim()
        {
            bool mine = claims.Claim(received, received + inHand);
            if (pending > 0 && Stopwatch.GetTimestamp() - pendingSince > HoldBack)
            {
                Flush();
            }
            return mine;
        }

        internal override void Release()
        {
            place += inHand;
            received += inHand;
            inHand = 0;
        }

        internal override void Send(in Outgoing frame)
        {
            if (frame.HeadLength > MaxFrame)
            {
                throw new InvalidOperationException($"a frame of {frame.HeadLength} bytes without its body is too long");
            }
            lock (writing)
            {
                if (frame.Length <= MaxFrame)
                {
                    Write(frame);
                    return;
                }
                ReadOnlySpan<byte> body = frame.BodyBytes;
                Write(frame.WithoutBody());
                int most = MaxFrame - Layout.Header;
                for (int from = 0; from < body.Length; from += most)
                {
                    int size = Math.Min(most, body.Length - from);
                    Write(frame.Chunk(body.Slice(from, size), from + size == body.Length));
                }
            }
        }

        internal override void Flush()
        {
            lock (writing)
            {
                Drain();
            }
        }

        /// <summary>Reads until so many bytes of a frame are there, making room for them first.</summary>
        private void Await(int size)
        {
            if (end - place >= size)
            {
                return;
            }
            if (end == place)
            {
                place = end = 0;
            }
            if (capacity - place < size)
            {
                MakeRoom(size);
            }
            while (end - place < size)
            {
                Flush();
                end += Posix.Receive(socket, incoming + end, capacity - end);
            }
        }

        private void MakeRoom(int size)
        {
            byte* old = incoming;
            if (capacity < size)
            {
                capacity = size;
                incoming = (byte*)Marshal.AllocHGlobal(size);
            }
            System.Buffer.MemoryCopy(old + place, incoming, capacity, end - place);
            end -= place;
            place = 0;
            if (old != incoming)
            {
                Marshal.FreeHGlobal((IntPtr)old);
            }
        }

        private void Write(in Outgoing frame)
        {
            if (frame.Length > Buffer - pending)
            {
                Drain();
            }
            if (frame.Length > Buffer)
            {
                WriteLong(frame);
                return;
            }
            if (pending == 0)
            {
                pendingSince = Stopwatch.GetTimestamp();
            }
            byte* at = outgoing + pending;
            frame.WriteHead(at, epoch, 0);
            frame.WriteBody(at + frame.HeadLength);
            pending += (int)frame.Length;
        }

        /// <summary>The head from the buffer, the body from where it is.</summary>
        private void WriteLong(in Outgoing frame)
        {
            var head = new byte[frame.HeadLength];
            ReadOnlySpan<byte> body = frame.BodyBytes;
            fixed (byte* at = head)
            {
                frame.WriteHead(at, epoch, 0);
                Posix.SendAll(socket, at, head.Length);
            }
            fixed (byte* at = body)
            {
                Posix.SendAll(socket, at, body.Length);
            }
        }

        private void Drain()
        {
            if (pending > 0)
            {
                int size = pending;
                pending = 0;
                Posix.SendAll(socket, outgoing, size);
            }
        }
    }
}
