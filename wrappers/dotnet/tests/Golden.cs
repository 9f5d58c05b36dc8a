using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Nucleon.Wrapper.Tests
{
    /// <summary>A golden document: lines of <c>key: value</c>, the value JSON; wrappers/protocol/golden/make.py says what they mean.</summary>
    internal sealed class Golden
    {
        private static readonly string Folder = FindFolder();

        private Golden(string name)
        {
            Name = name;
            string binary = Path.Combine(Folder, name + ".bin");
            Stored = File.Exists(binary) ? File.ReadAllBytes(binary) : null;
            foreach (string line in File.ReadLines(Path.Combine(Folder, name + ".yaml")))
            {
                int colon = line.IndexOf(": ", StringComparison.Ordinal);
                if (line.Length > 0 && line[0] != '#' && colon > 0)
                {
                    Values[line.Substring(0, colon)] = JsonDocument.Parse(line.Substring(colon + 2)).RootElement;
                }
            }
        }

        internal string Name { get; }

        /// <summary>The bytes; null where they are too large to be kept.</summary>
        internal byte[]? Stored { get; }

        internal Dictionary<string, JsonElement> Values { get; } = new Dictionary<string, JsonElement>();

        internal bool IsHostile => Values.ContainsKey("violation");

        internal bool IsRing => Values.ContainsKey("ring");

        internal int FrameCount => Values.Keys.Where(key => key.Contains('.')).Select(key => int.Parse(key.Split('.')[0])).Max();

        internal static IEnumerable<Golden> All() =>
            Directory.GetFiles(Folder, "*.yaml").OrderBy(file => file).Select(file => new Golden(Path.GetFileNameWithoutExtension(file)!));

        internal static Golden Of(string name) => new Golden(name);

        internal long Number(string key, long otherwise) =>
            !Values.TryGetValue(key, out JsonElement value) ? otherwise
            : value.TryGetInt64(out long number) ? number
            : (long)value.GetUInt64();

        internal string Text(string key) => Values.TryGetValue(key, out JsonElement value) ? value.GetString() ?? "" : "";

        /// <summary>A section's bytes.</summary>
        internal byte[] Section(int frame, string name)
        {
            string key = $"{frame}.{name}";
            byte[] once = Values.ContainsKey(key + "Hex") ? FromHex(Text(key + "Hex")) : Encoding.UTF8.GetBytes(Text(key));
            int times = (int)Number(key + "Times", 1);
            return Enumerable.Repeat(once, times).SelectMany(part => part).ToArray();
        }

        /// <summary>The number that a name of a type or flag has in <see cref="Layout"/>.</summary>
        internal static byte Constant(string name)
        {
            string member = string.Concat(name.Split('_').Select(word => word[0] + word.Substring(1).ToLowerInvariant()));
            FieldInfo? field = typeof(Layout).GetField(member, BindingFlags.Static | BindingFlags.NonPublic);
            return (byte)(field ?? throw new Exception($"no constant {member}")).GetRawConstantValue()!;
        }

        internal byte Flags(int frame) =>
            (byte)Text($"{frame}.flags").Split('|', StringSplitOptions.RemoveEmptyEntries).Sum(name => (int)Constant(name));

        private static byte[] FromHex(string digits) =>
            Enumerable.Range(0, digits.Length / 2).Select(i => Convert.ToByte(digits.Substring(2 * i, 2), 16)).ToArray();

        private static string FindFolder()
        {
            string? folder = Environment.GetEnvironmentVariable("NUCLEON_GOLDEN");
            return folder ?? throw new Exception("NUCLEON_GOLDEN names no folder of golden frames");
        }
    }
}
