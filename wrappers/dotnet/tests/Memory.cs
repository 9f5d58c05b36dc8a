using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Nucleon.Wrapper.Tests
{
    /// <summary>Segments, hand-shakes and sockets as a processor would make them.</summary>
    internal static unsafe class Memory
    {
        internal const int Epoch = 7;
        internal const int ArenaSize = 1 << 16;
        private const int ChunkSize = 4096;

        internal static Hello Hello(string transport, string members = "") => Wrapper.Hello.Parse(
            Encoding.UTF8.GetBytes(
                "{\"protocol\":[1,0],\"transport\":\"" + transport + "\",\"segment\":{\"size\":4096,\"fd\":true,\"path\":\"\"},"
                + "\"inlineLimit\":16384,\"maxFrame\":1048576,\"terminationTimeoutMillis\":10,\"methods\":[\"GET\",\"POST\"],"
                + "\"triggers\":[{\"kind\":\"http\",\"name\":\"web\",\"class\":\"sync\"}]," + members
                + "\"function\":{\"name\":\"f\",\"namespace\":\"ns\",\"handler\":\"A:B\",\"directory\":\"/\"}}"),
            Epoch);

        /// <summary>A segment with rings of that size; 0: the status page alone.</summary>
        internal static Segment Segment(int ring, Action<byte[]>? change = null)
        {
            int arena = ring == 0 ? 0 : ArenaSize;
            var bytes = new byte[Layout.HeaderPage + (2 * ring) + (2 * arena)];
            fixed (byte* at = bytes)
            {
                *(long*)at = Layout.Magic;
                *(ushort*)(at + Layout.SegmentMajor) = Layout.Major;
                *(int*)(at + Layout.SegmentHeaderSize) = Layout.HeaderPage;
                *(long*)(at + Layout.SegmentSize) = bytes.Length;
                *(long*)(at + Layout.SegmentEpoch) = Epoch;
                *(int*)(at + Layout.ArenaChunkSize) = ring == 0 ? 0 : ChunkSize;
                if (ring > 0)
                {
                    SetArea(at + Layout.RequestRing, Layout.HeaderPage, ring);
                    SetArea(at + Layout.ResponseRing, Layout.HeaderPage + ring, ring);
                    SetArea(at + Layout.RequestArena, Layout.HeaderPage + (2 * ring), arena);
                    SetArea(at + Layout.ResponseArena, Layout.HeaderPage + (2 * ring) + arena, arena);
                }
            }
            change?.Invoke(bytes);
            string file = Path.GetTempFileName();
            try
            {
                File.WriteAllBytes(file, bytes);
                int descriptor = Posix.Open(file);
                try
                {
                    return new Segment(descriptor, bytes.Length, Epoch);
                }
                finally
                {
                    Posix.Close(descriptor);
                }
            }
            finally
            {
                File.Delete(file);
            }
        }

        /// <summary>A connection over rings whose request ring holds that image.</summary>
        internal static ShmConnection Ring(byte[] image, int size, long tail, long head, int socket)
        {
            Segment segment = Segment(size);
            image.CopyTo(new Span<byte>(segment.Memory + segment.AreaAt(Layout.RequestRing).Offset, size));
            *(long*)(segment.Memory + Layout.RequestIndices + Layout.Tail) = tail;
            *(long*)(segment.Memory + Layout.RequestIndices + Layout.Head) = head;
            return new ShmConnection(socket, Hello("shm"), segment);
        }

        /// <summary>A connection on whose socket those bytes came, and then the end.</summary>
        internal static UnixConnection Socket(byte[] bytes, Pair pair)
        {
            pair.There.Send(bytes);
            pair.There.Shutdown(SocketShutdown.Send);
            return new UnixConnection(pair.Here, Hello("unix"), Segment(0));
        }

        private static void SetArea(byte* at, long offset, long size)
        {
            *(long*)at = offset;
            *(long*)(at + 8) = size;
        }
    }

    /// <summary>Two ends of a Unix socket: ours is a descriptor, as the wrapper has it.</summary>
    internal sealed class Pair : IDisposable
    {
        private readonly string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));

        internal Pair()
        {
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen(1);
            Here = Posix.Connect(path);
            There = listener.Accept();
            There.SendBufferSize = 1 << 20;
        }

        internal int Here { get; }

        internal Socket There { get; }

        public void Dispose()
        {
            There.Dispose();
            Posix.Close(Here);
            File.Delete(path);
        }
    }
}
