using System.Threading;

namespace Nucleon.Wrapper
{
    /// <summary>A part of the segment, in bytes.</summary>
    internal readonly struct Area
    {
        internal Area(int offset, int size)
        {
            Offset = offset;
            Size = size;
        }

        internal int Offset { get; }

        internal int Size { get; }

        internal int End => Offset + Size;
    }

    /// <summary>
    /// The memory that processor and worker share (PROTOCOL.md §5): mapped until the process ends, its header checked. Orders of access
    /// are as the methods' names say; offsets of numbers are multiples of 8.
    /// </summary>
    internal sealed unsafe class Segment
    {
        private readonly long size;

        /// <summary>Maps a descriptor, which stays the caller's. A violation if it is no segment of ours.</summary>
        internal Segment(int file, long size, int epoch)
        {
            long there = Posix.Size(file);
            if (size < Layout.HeaderPage || size > int.MaxValue || there < size)
            {
                throw Errors.Violation($"a segment of {size} bytes is announced and {there} are there");
            }
            this.size = size;
            Memory = Posix.Map(file, size);
            if (Memory == null)
            {
                throw Errors.Violation($"the segment can't be mapped: {Posix.LastError()}");
            }
            Check(epoch);
        }

        /// <summary>Its first byte.</summary>
        internal byte* Memory { get; }

        internal int ChunkSize => *(int*)(Memory + Layout.ArenaChunkSize);

        /// <summary>The ring or arena whose offset and size are at that place of the header.</summary>
        internal Area AreaAt(int at)
        {
            long offset = *(long*)(Memory + at);
            long length = *(long*)(Memory + at + 8);
            if (length != 0 && (offset < Layout.HeaderPage || length < 0 || offset > size || length > size - offset))
            {
                throw Errors.Violation("an area of the segment lies outside of it");
            }
            return new Area((int)offset, (int)length);
        }

        /// <summary>Whatever is loaded after it was stored before what this loads.</summary>
        internal long LoadAcquire(int at) => Volatile.Read(ref *(long*)(Memory + at));

        /// <summary>Whatever was stored before is seen by who loads this.</summary>
        internal void StoreRelease(int at, long value) => Volatile.Write(ref *(long*)(Memory + at), value);

        /// <summary>Stores before, in the order of all threads and processes, loads after.</summary>
        internal static void Fence() => Interlocked.MemoryBarrier();

        private void Check(int epoch)
        {
            if (*(long*)Memory != Layout.Magic
                || *(int*)(Memory + Layout.SegmentHeaderSize) != Layout.HeaderPage
                || *(long*)(Memory + Layout.SegmentSize) != size)
            {
                throw Errors.Violation("the segment's header is not that of a segment");
            }
            ushort major = *(ushort*)(Memory + Layout.SegmentMajor);
            if (major != Layout.Major)
            {
                throw Errors.OtherProtocol(major);
            }
            if (*(long*)(Memory + Layout.SegmentEpoch) != (uint)epoch)
            {
                throw Errors.Violation("the segment is of another epoch");
            }
            CheckRing(AreaAt(Layout.RequestRing));
            CheckRing(AreaAt(Layout.ResponseRing));
            AreaAt(Layout.RequestArena);
            if (AreaAt(Layout.ResponseArena).Size > 0 && (ChunkSize < Layout.Header || ChunkSize % Layout.Header != 0))
            {
                throw Errors.Violation($"the arena's chunks have {ChunkSize} bytes");
            }
        }

        private static void CheckRing(Area ring)
        {
            bool possible = ring.Size == 0 || ring.Size >= Layout.Header && (ring.Size & (ring.Size - 1)) == 0;
            if (!possible || ring.Offset % Layout.Header != 0)
            {
                throw Errors.Violation("a ring's size is no power of two, or it is not aligned");
            }
        }
    }
}
