using System;
using System.Linq;
using System.Text;
using Nuclio.Sdk;

namespace Nucleon.Wrapper
{
    /// <summary>Makes the context that handlers get, wired to the connection. Stateless.</summary>
    internal static class Contexts
    {
        /// <summary>One for the worker's life.</summary>
        internal static Context Make(Connection connection, Hello hello, LogSink log, int worker)
        {
            var context = new Context { WorkerId = worker, Trigger = TriggerOf(hello) };
            context.Logger.Sink = log.Write;
            context.Platform.Kind = hello.PlatformKind.Length > 0 ? hello.PlatformKind : "local";
            context.Platform.Namespace = hello.Namespace.Length > 0 ? hello.Namespace : "default";
            context.Platform.Urls = hello.Urls.Length > 0
                ? hello.Urls
                : Environment.GetEnvironmentVariable("NUCLEON_FUNCTION_URLS") ?? "";
            context.Platform.Ack = place => Ack(connection, log.Correlation(), place);
            return context;
        }

        /// <summary>The hand-shake says the class of each trigger in its table only.</summary>
        private static Trigger TriggerOf(Hello hello)
        {
            (string kind, string name, _) = hello.Trigger;
            string? className = hello.Triggers.Where(one => one.Kind == kind && one.Name == name).Select(one => one.Class).FirstOrDefault();
            return new Trigger { Kind = kind, Name = name, Class = className };
        }

        private static void Ack(Connection connection, ulong correlation, QualifiedOffset place)
        {
            byte[] topic = Encoding.UTF8.GetBytes(place.Topic ?? "");
            if (topic.Length > Layout.MaxShortSection)
            {
                throw new ArgumentException($"a topic of {topic.Length} bytes is no stream's");
            }
            var frame = new Outgoing(Layout.Ack, correlation)
            {
                Path = topic,
                Shard = place.Partition,
                StreamOffset = place.Offset,
            };
            connection.Send(frame);
            connection.Flush();
        }
    }
}
