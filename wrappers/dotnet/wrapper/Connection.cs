using System;
using System.IO;
using System.Text.Json;

namespace Nucleon.Wrapper
{
    /// <summary>
    /// The way to the processor. Frames are read by the main thread only; <see cref="Send"/> and <see cref="Flush"/> are safe for many
    /// threads. Every method throws <see cref="EndOfConnectionException"/> when the processor is gone, and a
    /// <see cref="FaultException"/> with NUC-2010 when it breaks the protocol.
    /// </summary>
    internal abstract class Connection
    {
        private const int MaxHello = 1 << 20;

        /// <summary>The longest frame, header included; only bodies may be longer.</summary>
        internal abstract int MaxFrame { get; }

        /// <summary>Frames of another epoch, which were dropped.</summary>
        internal long Dropped { get; private protected set; }

        /// <summary>The next frame, checked; sends what is to be sent and waits if there is none. Valid until <see cref="Release"/>.</summary>
        internal abstract Frame Next();

        /// <summary>The handler of the event in hand begins. False: the processor has taken it back, it is released unanswered.</summary>
        internal abstract bool Claim();

        /// <summary>The frame in hand is done with; its memory may be reused.</summary>
        internal abstract void Release();

        /// <summary>Writes a frame, its body by whatever way fits. It goes out by the next <see cref="Flush"/> at the latest.</summary>
        internal abstract void Send(in Outgoing frame);

        /// <summary>What was written is on its way when this returns.</summary>
        internal abstract void Flush();

        /// <summary>The hand-shake of PROTOCOL.md §4 up to point 3.</summary>
        internal static (Connection Connection, Hello Hello) Connect(string address, string token, int worker)
        {
            int socket = Posix.Connect(address);
            Greet(socket, token, worker);
            Hello hello = ReadHello(socket);
            Segment segment = OpenSegment(socket, hello);
            Connection connection = hello.Shm
                ? (Connection)new ShmConnection(socket, hello, segment)
                : new UnixConnection(socket, hello, segment);
            return (connection, hello);
        }

        private static unsafe void Greet(int socket, string token, int worker)
        {
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream))
            {
                json.WriteStartObject();
                json.WriteStartArray("protocol");
                json.WriteNumberValue(Layout.Major);
                json.WriteNumberValue(Layout.Minor);
                json.WriteEndArray();
                json.WriteString("token", token);
                json.WriteNumber("worker", worker);
                json.WriteNumber("pid", System.Diagnostics.Process.GetCurrentProcess().Id);
                json.WriteString("language", "dotnet");
                json.WriteString("version", Environment.Version.ToString());
                json.WriteBoolean("shm", true);
                json.WriteString("why", "");
                json.WriteBoolean("revoke", true);
                json.WriteEndObject();
            }
            var frame = new Outgoing(Layout.Hello, 0);
            frame.SetBody(stream.ToArray());
            var bytes = new byte[frame.Length];
            fixed (byte* at = bytes)
            {
                frame.WriteHead(at, 0, 0);
                frame.WriteBody(at + frame.HeadLength);
                Posix.SendAll(socket, at, bytes.Length);
            }
        }

        /// <summary>Reads no byte more than the frame: the one behind it carries the segment's descriptor, which would be lost.</summary>
        private static unsafe Hello ReadHello(int socket)
        {
            var header = new byte[Layout.Header];
            ReadExactly(socket, header);
            byte[] rest;
            int epoch;
            fixed (byte* at = header)
            {
                var frame = new Frame(at, null);
                if (frame.Type != Layout.Hello || frame.ArenaOffset != 0)
                {
                    throw Errors.Violation($"its first frame is of type {frame.Type}, no HELLO");
                }
                frame.Check(MaxHello, default);
                rest = new byte[(int)frame.Length - Layout.Header];
                if (frame.BodyLength != rest.Length)
                {
                    throw Errors.Violation("its HELLO has sections beside the body");
                }
                epoch = frame.Epoch;
            }
            ReadExactly(socket, rest);
            return Hello.Parse(rest, epoch);
        }

        private static unsafe void ReadExactly(int socket, byte[] into)
        {
            fixed (byte* at = into)
            {
                int done = 0;
                while (done < into.Length)
                {
                    done += Posix.Receive(socket, at + done, into.Length - done);
                }
            }
        }

        private static Segment OpenSegment(int socket, Hello hello)
        {
            int file = hello.ByDescriptor ? Posix.ReceiveDescriptor(socket) : Posix.Open(hello.SegmentPath);
            if (file < 0)
            {
                throw Errors.Violation(
                    hello.ByDescriptor
                        ? "no descriptor came with the segment's byte"
                        : $"the segment '{hello.SegmentPath}' can't be opened: {Posix.LastError()}");
            }
            try
            {
                return new Segment(file, hello.SegmentSize, hello.Epoch);
            }
            finally
            {
                Posix.Close(file);
            }
        }
    }
}
