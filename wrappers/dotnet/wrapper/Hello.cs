using System;
using System.Collections.Generic;
using System.Text.Json;

namespace Nucleon.Wrapper
{
    /// <summary>What the processor says in the hand-shake (PROTOCOL.md §4, point 2), checked. Immutable; sizes in bytes.</summary>
    internal sealed class Hello
    {
        private Hello(JsonElement json, int epoch)
        {
            JsonElement version = Member(json, "protocol", JsonValueKind.Array);
            long major = version.GetArrayLength() == 2 && version[0].TryGetInt64(out long said) ? said : -1;
            if (major != Layout.Major)
            {
                throw Errors.OtherProtocol(major);
            }
            string transport = Text(json, "transport");
            if (transport != "shm" && transport != "unix")
            {
                throw Errors.Violation($"its hand-shake offers transport '{transport}'");
            }
            JsonElement segment = Member(json, "segment", JsonValueKind.Object);
            JsonElement function = Member(json, "function", JsonValueKind.Object);
            Epoch = epoch;
            Shm = transport == "shm";
            SegmentSize = Number(segment, "size");
            ByDescriptor = Flag(segment, "fd");
            SegmentPath = OptionalText(segment, "path");
            InlineLimit = Size(json, "inlineLimit");
            MaxFrame = Size(json, "maxFrame");
            Async = OptionalText(json, "mode") == "async";
            View = OptionalText(json, "body") == "view";
            Spin = Flag(json, "spin");
            TerminationTimeoutMillis = (int)Math.Min(Number(json, "terminationTimeoutMillis"), int.MaxValue);
            Methods = Texts(Member(json, "methods", JsonValueKind.Array));
            Triggers = ReadTriggers(Member(json, "triggers", JsonValueKind.Array));
            Trigger = json.TryGetProperty("trigger", out JsonElement own) ? ReadTrigger(own) : ("", "", "");
            Directory = OptionalText(function, "directory");
            Handler = OptionalText(function, "handler");
            Namespace = OptionalText(function, "namespace");
            if (json.TryGetProperty("platform", out JsonElement platform) && platform.ValueKind == JsonValueKind.Object)
            {
                PlatformKind = OptionalText(platform, "kind");
                Urls = OptionalText(platform, "urls");
            }
        }

        internal int Epoch { get; }

        internal bool Shm { get; }

        internal long SegmentSize { get; }

        internal bool ByDescriptor { get; }

        internal string SegmentPath { get; }

        internal int InlineLimit { get; }

        internal int MaxFrame { get; }

        internal bool Async { get; }

        internal bool View { get; }

        internal bool Spin { get; }

        internal int TerminationTimeoutMillis { get; }

        internal IReadOnlyList<string> Methods { get; }

        /// <summary>Kind, name and class by index.</summary>
        internal IReadOnlyList<(string Kind, string Name, string Class)> Triggers { get; }

        /// <summary>Kind and name of the one that the worker works for; the kind is empty for a pool that triggers share.</summary>
        internal (string Kind, string Name, string Class) Trigger { get; }

        internal string Directory { get; }

        internal string Handler { get; }

        internal string Namespace { get; }

        internal string PlatformKind { get; } = "";

        internal string Urls { get; } = "";

        /// <summary>Reads it; the epoch is the frame's. A violation if a member is missing or of another type.</summary>
        internal static Hello Parse(ReadOnlyMemory<byte> json, int epoch)
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(json);
                return new Hello(document.RootElement, epoch);
            }
            catch (Exception e) when (e is JsonException || e is InvalidOperationException)
            {
                throw Errors.Violation($"its hand-shake's JSON can't be read: {e.Message}");
            }
        }

        private static JsonElement Member(JsonElement json, string name, JsonValueKind kind)
        {
            if (!json.TryGetProperty(name, out JsonElement value) || value.ValueKind != kind)
            {
                throw Errors.Violation($"its hand-shake's '{name}' is no {kind}");
            }
            return value;
        }

        private static string Text(JsonElement json, string name) => Member(json, name, JsonValueKind.String).GetString() ?? "";

        private static string OptionalText(JsonElement json, string name) =>
            json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";

        private static bool Flag(JsonElement json, string name) =>
            json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

        private static long Number(JsonElement json, string name)
        {
            if (!Member(json, name, JsonValueKind.Number).TryGetInt64(out long number) || number < 0)
            {
                throw Errors.Violation($"its hand-shake's '{name}' is no number of that size");
            }
            return number;
        }

        /// <summary>At least a header and something fit in.</summary>
        private static int Size(JsonElement json, string name) =>
            (int)Math.Min(Math.Max(Number(json, name), 2 * Layout.Header), int.MaxValue);

        private static List<string> Texts(JsonElement array)
        {
            var texts = new List<string>();
            foreach (JsonElement one in array.EnumerateArray())
            {
                texts.Add(one.GetString() ?? "");
            }
            return texts;
        }

        private static List<(string, string, string)> ReadTriggers(JsonElement array)
        {
            var triggers = new List<(string, string, string)>();
            foreach (JsonElement one in array.EnumerateArray())
            {
                triggers.Add(ReadTrigger(one));
            }
            return triggers;
        }

        private static (string, string, string) ReadTrigger(JsonElement one) =>
            (OptionalText(one, "kind"), OptionalText(one, "name"), OptionalText(one, "class"));
    }
}
