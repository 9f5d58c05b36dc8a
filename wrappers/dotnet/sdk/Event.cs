using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;

namespace Nuclio.Sdk
{
    /// <summary>
    /// One thing to process: plain, settable data. A worker's events decode a member when it is first read, so that what a handler
    /// doesn't look at costs nothing; they stay readable after the handler has returned. Not safe for many threads at once.
    /// </summary>
    public class Event
    {
        // One bit a member that was set or read: null can be a value.
        private const int BodyBit = 1, ContentTypeBit = 2, HeadersBit = 4, FieldsBit = 8, SizeBit = 16, IdBit = 32, MethodBit = 64,
            PathBit = 128, UrlBit = 256, VersionBit = 512, TypeBit = 1024, TypeVersionBit = 2048, TimestampBit = 4096,
            TriggerBit = 8192, TopicBit = 16384, ShardBit = 32768, ShardsBit = 65536, OffsetBit = 131072, LastBit = 262144;

        private int known;
        private byte[] body;
        private string contentType;
        private Dictionary<string, object> headers;
        private Dictionary<string, object> fields;
        private long size;
        private string id;
        private string method;
        private string path;
        private string url;
        private string version;
        private string type;
        private string typeVersion;
        private DateTime timestamp;
        private Trigger trigger;
        private string topic;
        private int shardId;
        private int numShards;
        private long offset;
        private bool lastInBatch;

        /// <summary>The body, an array of the event's own; empty if there is none.</summary>
        public byte[] Body
        {
            get => IsNew(BodyBit) ? body = ReadBody() : body;
            set { body = value; known |= BodyBit; }
        }

        /// <summary>As received, with parameters.</summary>
        public string ContentType
        {
            get => IsNew(ContentTypeBit) ? contentType = ReadContentType() : contentType;
            set { contentType = value; known |= ContentTypeBit; }
        }

        /// <summary>Values by name in any case; the last of a repeated one.</summary>
        public Dictionary<string, object> Headers
        {
            get => IsNew(HeadersBit) ? headers = ReadHeaders() : headers;
            set { headers = value; known |= HeadersBit; }
        }

        /// <summary>Query parameters; the last of a repeated one.</summary>
        public Dictionary<string, object> Fields
        {
            get => IsNew(FieldsBit) ? fields = ReadFields() : fields;
            set { fields = value; known |= FieldsBit; }
        }

        /// <summary>Length of the body in bytes.</summary>
        public long Size
        {
            get => IsNew(SizeBit) ? size = ReadSize() : size;
            set { size = value; known |= SizeBit; }
        }

        /// <summary>The source's id, else one of the event's own.</summary>
        public string Id
        {
            get => IsNew(IdBit) ? id = ReadId() : id;
            set { id = value; known |= IdBit; }
        }

        /// <summary>The HTTP method.</summary>
        public string Method
        {
            get => IsNew(MethodBit) ? method = ReadMethod() : method;
            set { method = value; known |= MethodBit; }
        }

        /// <summary>Decoded and normalised, without the query.</summary>
        public string Path
        {
            get => IsNew(PathBit) ? path = ReadPath() : path;
            set { path = value; known |= PathBit; }
        }

        /// <summary>Empty for HTTP, as in nuclio.</summary>
        public string Url
        {
            get => IsNew(UrlBit) ? url = ReadExtra("url") : url;
            set { url = value; known |= UrlBit; }
        }

        /// <summary>Of a cloud event: the version of its specification.</summary>
        public string Version
        {
            get => IsNew(VersionBit) ? version = ReadExtra("version") : version;
            set { version = value; known |= VersionBit; }
        }

        /// <summary>Of a cloud event.</summary>
        public string Type
        {
            get => IsNew(TypeBit) ? type = ReadExtra("type") : type;
            set { type = value; known |= TypeBit; }
        }

        /// <summary>Of a cloud event.</summary>
        public string TypeVersion
        {
            get => IsNew(TypeVersionBit) ? typeVersion = ReadExtra("type_version") : typeVersion;
            set { typeVersion = value; known |= TypeVersionBit; }
        }

        /// <summary>When it was received: whole seconds, in UTC.</summary>
        public DateTime Timestamp
        {
            get => IsNew(TimestampBit) ? timestamp = ReadTimestamp() : timestamp;
            set { timestamp = value; known |= TimestampBit; }
        }

        /// <summary>Where it comes from.</summary>
        public Trigger Trigger
        {
            get => IsNew(TriggerBit) ? trigger = ReadTrigger() : trigger;
            set { trigger = value; known |= TriggerBit; }
        }

        /// <summary>Of a stream. An addition of Nucleon, as all members from here on.</summary>
        public string Topic
        {
            get => IsNew(TopicBit) ? topic = ReadExtra("topic") : topic;
            set { topic = value; known |= TopicBit; }
        }

        /// <summary>Shard or partition of a stream, -1 for none.</summary>
        public int ShardId
        {
            get => IsNew(ShardBit) ? shardId = ReadShardId() : shardId;
            set { shardId = value; known |= ShardBit; }
        }

        /// <summary>How many shards the stream has; 0 if that is not known.</summary>
        public int NumShards
        {
            get => IsNew(ShardsBit) ? numShards = ReadNumShards() : numShards;
            set { numShards = value; known |= ShardsBit; }
        }

        /// <summary>Place in the stream.</summary>
        public long Offset
        {
            get => IsNew(OffsetBit) ? offset = ReadOffset() : offset;
            set { offset = value; known |= OffsetBit; }
        }

        /// <summary>Whether the source says that it is the last of a batch.</summary>
        public bool LastInBatch
        {
            get => IsNew(LastBit) ? lastInBatch = ReadLastInBatch() : lastInBatch;
            set { lastInBatch = value; known |= LastBit; }
        }

        /// <summary>
        /// The body where it was received, without a copy, if the function has <c>runtimeAttributes.body: view</c>: valid until the
        /// handler has returned (a Task: has ended); its bytes are undefined afterwards. Without that setting it is <see cref="Body"/>.
        /// </summary>
        public virtual ReadOnlyMemory<byte> BodyView => Body;

        /// <summary>Cancelled when the caller has gone. Only <c>mode: async</c> hears of that.</summary>
        public virtual CancellationToken CancellationToken => CancellationToken.None;

        /// <summary>The body as UTF-8 text.</summary>
        public string GetBody()
        {
            byte[] bytes = Body;
            return bytes == null ? null : Encoding.UTF8.GetString(bytes);
        }

        /// <summary>Sets the body to a text's UTF-8.</summary>
        public void SetBody(string text)
        {
            Body = text == null ? null : Encoding.UTF8.GetBytes(text);
        }

        private bool IsNew(int bit)
        {
            if ((known & bit) != 0)
            {
                return false;
            }
            known |= bit;
            return true;
        }

        // What a worker's event reads from its frame; an event that a function makes has these values.

        internal virtual byte[] ReadBody() => null;

        internal virtual string ReadContentType() => null;

        internal virtual Dictionary<string, object> ReadHeaders() =>
            new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);

        internal virtual Dictionary<string, object> ReadFields() => new Dictionary<string, object>();

        internal virtual long ReadSize() => 0;

        internal virtual string ReadId() => null;

        internal virtual string ReadMethod() => null;

        internal virtual string ReadPath() => null;

        internal virtual string ReadExtra(string name) => null;

        internal virtual DateTime ReadTimestamp() => default;

        internal virtual Trigger ReadTrigger() => null;

        internal virtual int ReadShardId() => -1;

        internal virtual int ReadNumShards() => 0;

        internal virtual long ReadOffset() => 0;

        internal virtual bool ReadLastInBatch() => false;
    }
}
