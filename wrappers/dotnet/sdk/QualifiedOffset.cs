namespace Nuclio.Sdk
{
    /// <summary>A place in a stream: what an explicit ack names. An addition of Nucleon; nuclio has it for Python.</summary>
    public class QualifiedOffset
    {
        /// <summary>A place by its parts.</summary>
        public QualifiedOffset(string topic, int partition, long offset)
        {
            Topic = topic;
            Partition = partition;
            Offset = offset;
        }

        /// <summary>The stream.</summary>
        public string Topic { get; }

        /// <summary>Its shard.</summary>
        public int Partition { get; }

        /// <summary>The place in it.</summary>
        public long Offset { get; }

        /// <summary>The place of an event; the topic of one without a topic is its path.</summary>
        public static QualifiedOffset FromEvent(Event source) =>
            new QualifiedOffset(string.IsNullOrEmpty(source.Topic) ? source.Path : source.Topic, source.ShardId, source.Offset);
    }
}
