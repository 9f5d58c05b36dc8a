using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using Nuclio.Sdk;

namespace Nucleon.Wrapper
{
    /// <summary>What is the same for all events of a worker: the hand-shake's tables. Immutable.</summary>
    internal sealed class Tables
    {
        internal Tables(Hello hello)
        {
            Methods = hello.Methods.ToArray();
            Triggers = hello.Triggers.ToArray();
            View = hello.View;
        }

        internal string[] Methods { get; }

        internal (string Kind, string Name, string Class)[] Triggers { get; }

        /// <summary><c>body: view</c>.</summary>
        internal bool View { get; }
    }

    /// <summary>
    /// An event that came in a frame. Header and sections are copied, since an event may outlive its handler's call; they are decoded
    /// where the handler looks. The body is copied too, or with <c>body: view</c> lent until <see cref="Revoke"/>.
    /// </summary>
    internal sealed unsafe class FrameEvent : Event
    {
        private readonly Tables tables;
        private readonly byte[] head;
        private byte[]? body;
        private LentMemory? lent;
        private int bodyLength;
        private CancellationTokenSource? cancellation;
        private bool cancelled;

        /// <param name="frame">The frame in hand.</param>
        /// <param name="tables">The worker's.</param>
        /// <param name="mayLend">Whether the body stays where it is until the answer, so that a view can be lent.</param>
        internal FrameEvent(Frame frame, Tables tables, bool mayLend)
        {
            this.tables = tables;
            head = frame.Head.ToArray();
            bodyLength = frame.BodyLength;
            if (bodyLength == 0)
            {
                body = Array.Empty<byte>();
            }
            else if (mayLend && tables.View)
            {
                lent = new LentMemory(frame.BodyAt, bodyLength);
            }
            else
            {
                body = frame.Body.ToArray();
            }
        }

        public override ReadOnlyMemory<byte> BodyView => lent == null ? Body : lent.Memory;

        public override CancellationToken CancellationToken
        {
            get
            {
                if (cancellation == null)
                {
                    Interlocked.CompareExchange(ref cancellation, new CancellationTokenSource(), null);
                    if (Volatile.Read(ref cancelled))
                    {
                        cancellation.Cancel();
                    }
                }
                return cancellation.Token;
            }
        }

        internal ulong Correlation => Field<ulong>(Layout.Correlation);

        /// <summary>The whole body of an event that came in chunks.</summary>
        internal void SetWholeBody(byte[] whole)
        {
            body = whole;
            Body = whole; // its beginning was read, and is remembered
            bodyLength = whole.Length;
            lent = null;
        }

        /// <summary>The handler has returned: the memory goes back.</summary>
        internal void Revoke() => lent?.Revoke();

        /// <summary>The caller is gone. Any thread.</summary>
        internal void Cancel()
        {
            Volatile.Write(ref cancelled, true);
            Interlocked.MemoryBarrier(); // whoever makes the source looks at the flag after it
            cancellation?.Cancel();
        }

        internal override byte[] ReadBody() => body ??= lent!.GetSpan().ToArray();

        internal override long ReadSize() => bodyLength;

        internal override string ReadContentType() => Text(PathLength, ContentTypeLength);

        internal override string ReadId()
        {
            string id = Text(PathLength + ContentTypeLength, IdLength);
            return id.Length > 0 ? id : Guid.NewGuid().ToString();
        }

        internal override string ReadPath()
        {
            ReadOnlySpan<byte> path = Section(0, PathLength);
            int query = path.IndexOf((byte)0);
            path = query < 0 ? path : path.Slice(0, query);
            return path.IsEmpty ? "/" : Encoding.UTF8.GetString(path);
        }

        internal override Dictionary<string, object> ReadFields()
        {
            ReadOnlySpan<byte> path = Section(0, PathLength);
            int query = path.IndexOf((byte)0);
            return query < 0 ? new Dictionary<string, object>() : Query.Read(path.Slice(query + 1));
        }

        internal override Dictionary<string, object> ReadHeaders() =>
            Pairs.Read(Section(BeforeHeaders, Field<int>(Layout.HeadersLength)), StringComparer.OrdinalIgnoreCase);

        internal override string ReadMethod()
        {
            int index = Field<ushort>(Layout.Code) & 0xFF;
            return index < tables.Methods.Length ? tables.Methods[index] : ReadExtra("method");
        }

        internal override string ReadExtra(string name) => Pairs.Find(Extra, name) ?? "";

        internal override DateTime ReadTimestamp()
        {
            long nanos = Field<long>(Layout.Time);
            long seconds = (nanos / 1_000_000_000) - (nanos % 1_000_000_000 < 0 ? 1 : 0);
            return DateTime.UnixEpoch.AddSeconds(seconds);
        }

        internal override Trigger ReadTrigger()
        {
            int index = Field<ushort>(Layout.Code) >> 8;
            string kind = Extra.IsEmpty ? "" : ReadExtra("trigger_kind");
            string name = Extra.IsEmpty ? "" : ReadExtra("trigger_name");
            if (kind.Length > 0 || name.Length > 0)
            {
                // An event that carries another source's name (CloudEvents), whose class nuclio gives as "unsupported".
                return new Trigger { Kind = kind, Name = name, Class = "unsupported" };
            }
            (string Kind, string Name, string Class) row = index < tables.Triggers.Length ? tables.Triggers[index] : ("", "", "");
            return new Trigger { Kind = row.Kind, Name = row.Name, Class = row.Class };
        }

        internal override int ReadShardId() => Field<int>(Layout.Shard);

        internal override int ReadNumShards() => int.TryParse(ReadExtra("num_shards"), out int shards) ? shards : 0;

        internal override long ReadOffset() => Field<long>(Layout.StreamOffset);

        internal override bool ReadLastInBatch() => (head[Layout.Flags] & Layout.LastInBatch) != 0;

        private int PathLength => Field<ushort>(Layout.PathLength);

        private int ContentTypeLength => Field<ushort>(Layout.ContentTypeLength);

        private int IdLength => Field<ushort>(Layout.IdLength);

        private int BeforeExtra => PathLength + ContentTypeLength + IdLength;

        private int BeforeHeaders => BeforeExtra + Field<ushort>(Layout.ExtraLength);

        private ReadOnlySpan<byte> Extra => Section(BeforeExtra, Field<ushort>(Layout.ExtraLength));

        private T Field<T>(int at)
            where T : unmanaged =>
            System.Runtime.InteropServices.MemoryMarshal.Read<T>(head.AsSpan(at));

        private ReadOnlySpan<byte> Section(int from, int length) => head.AsSpan(Layout.Header + from, length);

        private string Text(int from, int length) => length == 0 ? "" : Encoding.UTF8.GetString(Section(from, length));
    }
}
