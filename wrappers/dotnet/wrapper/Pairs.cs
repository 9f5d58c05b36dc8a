using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Nucleon.Wrapper
{
    /// <summary>Pairs blocks (PROTOCOL.md §1): <c>name NUL value NUL name NUL value</c>. Stateless.</summary>
    internal static class Pairs
    {
        /// <summary>Names and values; the last of a name wins.</summary>
        internal static Dictionary<string, object> Read(ReadOnlySpan<byte> block, StringComparer comparer)
        {
            var pairs = new Dictionary<string, object>(comparer);
            while (!block.IsEmpty)
            {
                string name = Part(ref block);
                pairs[name] = Part(ref block);
            }
            return pairs;
        }

        /// <summary>One name's value; null if the block has none.</summary>
        internal static string? Find(ReadOnlySpan<byte> block, string name)
        {
            string? found = null;
            while (!block.IsEmpty)
            {
                string one = Part(ref block);
                string value = Part(ref block);
                found = one == name ? value : found;
            }
            return found;
        }

        /// <summary>A block; what a NUL is in can't be carried, so it is replaced.</summary>
        internal static byte[] Write(params (string Name, string Value)[] pairs)
        {
            using var bytes = new MemoryStream();
            foreach ((string name, string value) in pairs)
            {
                Add(bytes, name.Replace('\0', '\uFFFD'), value.Replace('\0', '\uFFFD'));
            }
            return bytes.ToArray();
        }

        /// <summary>Adds one pair to a block.</summary>
        internal static void Add(MemoryStream block, string name, string value)
        {
            if (block.Length > 0)
            {
                block.WriteByte(0);
            }
            block.Write(Encoding.UTF8.GetBytes(name));
            block.WriteByte(0);
            block.Write(Encoding.UTF8.GetBytes(value));
        }

        private static string Part(ref ReadOnlySpan<byte> rest)
        {
            int end = rest.IndexOf((byte)0);
            string part = Encoding.UTF8.GetString(end < 0 ? rest : rest.Slice(0, end));
            rest = end < 0 ? default : rest.Slice(end + 1);
            return part;
        }
    }
}
