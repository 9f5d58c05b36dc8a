using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading.Tasks;

namespace Nucleon.Wrapper
{
    /// <summary>
    /// Bodies that come bit by bit: a <see cref="Stream"/>, or an enumerable, asynchronous or not, of texts, bytes or memory. Collections
    /// are none: nuclio answers them with their <c>ToString()</c>. Stateless.
    /// </summary>
    internal static class Streams
    {
        private const int PartBytes = 64 * 1024;

        internal static bool IsStream(object value) =>
            value is Stream
            || value is IAsyncEnumerable<string> || value is IAsyncEnumerable<byte[]>
            || value is IAsyncEnumerable<ReadOnlyMemory<byte>> || value is IAsyncEnumerable<object>
            || !(value is ICollection) && !(value is string)
                && (value is IEnumerable<string> || value is IEnumerable<byte[]> || value is IEnumerable<ReadOnlyMemory<byte>>);

        /// <summary>Its parts as bytes. Each is valid until the next is asked for.</summary>
        internal static IAsyncEnumerable<ReadOnlyMemory<byte>> Parts(object stream) => stream switch
        {
            Stream bytes => Read(bytes),
            IAsyncEnumerable<string> parts => Convert(parts),
            IAsyncEnumerable<byte[]> parts => Convert(parts),
            IAsyncEnumerable<object> parts => Convert(parts),
            IAsyncEnumerable<ReadOnlyMemory<byte>> parts => parts,
            _ => Convert((IEnumerable)stream),
        };

        private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Read(Stream stream)
        {
            using Stream closed = stream;
            var buffer = new byte[PartBytes];
            while (true)
            {
                int got = await stream.ReadAsync(buffer).ConfigureAwait(false);
                if (got <= 0)
                {
                    yield break;
                }
                yield return buffer.AsMemory(0, got);
            }
        }

        private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Convert<T>(IAsyncEnumerable<T> parts)
        {
            await foreach (T part in parts.ConfigureAwait(false))
            {
                yield return Bytes(part);
            }
        }

#pragma warning disable CS1998 // a plain enumerable waits for nothing
        private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Convert(IEnumerable parts)
        {
            foreach (object? part in parts)
            {
                yield return Bytes(part);
            }
        }
#pragma warning restore CS1998

        private static ReadOnlyMemory<byte> Bytes(object? part) => part switch
        {
            byte[] bytes => bytes,
            ReadOnlyMemory<byte> bytes => bytes,
            null => default,
            _ => Encoding.UTF8.GetBytes(part.ToString() ?? ""),
        };
    }
}
