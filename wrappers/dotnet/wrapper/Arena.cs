using System.Collections.Generic;

namespace Nucleon.Wrapper
{
    /// <summary>
    /// Which parts of the response arena are in use: runs of whole chunks, given out in a circle and taken back in the same order, since
    /// the response ring's tail passes the frames in order. The writer's private book; confined to the holder of its lock.
    /// </summary>
    internal sealed class ResponseArena
    {
        private readonly Area area;
        private readonly int chunk;
        private readonly int count;

        // Position of the frame, and the chunks to give back when the tail is behind it, those skipped at the end with them.
        private readonly Queue<(long Position, int Chunks)> runs = new Queue<(long, int)>();
        private int next;
        private int free;

        internal ResponseArena(Area area, int chunk)
        {
            this.area = area;
            this.chunk = chunk;
            count = chunk == 0 ? 0 : area.Size / chunk;
            free = count;
        }

        /// <summary>Whether a body of so many bytes fits an empty arena at all.</summary>
        internal bool Fits(int size) => size <= (long)count * chunk;

        /// <summary>Where a body goes whose frame will lie at <paramref name="position"/>; -1 while there is no room.</summary>
        internal int Claim(int size, long tail, long position)
        {
            while (runs.Count > 0 && runs.Peek().Position < tail)
            {
                free += runs.Dequeue().Chunks;
            }
            if (runs.Count == 0)
            {
                next = 0;
                free = count;
            }
            int chunks = (int)(((long)size + chunk - 1) / chunk);
            bool wraps = next + chunks > count;
            int skipped = wraps ? count - next : 0;
            if (chunks + skipped > free)
            {
                return -1;
            }
            int start = wraps ? 0 : next;
            next = start + chunks;
            free -= chunks + skipped;
            runs.Enqueue((position, chunks + skipped));
            return area.Offset + (start * chunk);
        }
    }
}
