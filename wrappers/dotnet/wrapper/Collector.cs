using System;
using System.Collections.Generic;
using System.IO;

namespace Nucleon.Wrapper
{
    /// <summary>Events that are more than one frame: batches, and bodies that come in chunks. Confined to the main thread.</summary>
    internal sealed class Collector
    {
        private readonly Connection connection;
        private readonly Tables tables;

        internal Collector(Connection connection, Tables tables)
        {
            this.connection = connection;
            this.tables = tables;
        }

        /// <summary>Control frames that came between those of the events: to be obeyed afterwards.</summary>
        internal List<(byte Type, ulong Correlation)> Between { get; } = new List<(byte, ulong)>();

        /// <summary>
        /// All events of the batch, or the one event, that begins with this frame. Each is claimed as soon as its first frame is seen, so
        /// that what the processor took back is known one by one; all of their frames are released.
        /// </summary>
        internal List<FrameEvent> Collect(Frame frame)
        {
            var events = new List<FrameEvent>();
            while (true)
            {
                bool more = frame.Has(Layout.Batch);
                FrameEvent? one = Copy(frame);
                if (one != null)
                {
                    events.Add(one);
                }
                if (!more)
                {
                    return events;
                }
                frame = Next(Layout.Event, null);
            }
        }

        private FrameEvent? Copy(Frame frame)
        {
            bool chunked = frame.Has(Layout.More);
            // In the arena a body stays until the event's answer; in a ring its place is used again at once.
            var one = new FrameEvent(frame, tables, mayLend: frame.ArenaOffset != 0);
            bool mine = connection.Claim();
            connection.Release();
            if (chunked && mine)
            {
                one.SetWholeBody(ReadChunks(one));
            }
            return mine ? one : null;
        }

        private byte[] ReadChunks(FrameEvent one)
        {
            using var body = new MemoryStream();
            body.Write(one.Body);
            bool more = true;
            while (more)
            {
                Frame chunk = Next(Layout.Chunk, one.Correlation);
                body.Write(chunk.Body);
                more = chunk.Has(Layout.More);
                connection.Release();
            }
            return body.ToArray();
        }

        /// <summary>The next frame of that type; control frames on the way are put aside.</summary>
        private Frame Next(byte type, ulong? correlation)
        {
            while (true)
            {
                Frame frame = connection.Next();
                if (frame.Type == type && (correlation == null || frame.Correlation == correlation))
                {
                    return frame;
                }
                if (frame.Type == Layout.Event || frame.Type == Layout.Chunk)
                {
                    throw Errors.Violation($"a frame of type {frame.Type} came where the rest of a batch or body was due");
                }
                Between.Add((frame.Type, frame.Correlation));
                connection.Release();
            }
        }
    }
}
