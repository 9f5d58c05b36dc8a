using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Threading;

namespace Nucleon.Wrapper
{
    /// <summary>Where the records of <c>context.Logger</c> go: LOG frames, each with the event that it belongs to. Safe for many threads.</summary>
    internal sealed class LogSink
    {
        private const int ShortMessage = 4096;
        private const string WorkerField = "worker_id";

        // With several events in flight, of the one whose code runs; elsewhere there is one event in hand.
        private readonly AsyncLocal<ulong> current = new AsyncLocal<ulong>();
        private readonly Connection connection;
        private readonly string worker;
        private readonly byte[] noFields;
        private readonly byte[] tooLarge;
        private ulong inHand;

        /// <param name="connection">The worker's.</param>
        /// <param name="worker">Its number, which every record carries.</param>
        internal LogSink(Connection connection, int worker)
        {
            this.connection = connection;
            this.worker = worker.ToString(CultureInfo.InvariantCulture);
            noFields = Json(new Dictionary<string, object>(), this.worker);
            tooLarge = Json(new Dictionary<string, object> { ["nucleon"] = "the record's fields were too large" }, this.worker);
        }

        /// <summary>The one event in hand, 0 for none. Main thread.</summary>
        internal void SetInHand(ulong correlation) => Volatile.Write(ref inHand, correlation);

        /// <summary>The event of what the caller runs from here on, also where that goes on after an await.</summary>
        internal void SetCurrent(ulong correlation) => current.Value = correlation;

        /// <summary>Whether the calling code belongs to an event that <see cref="SetCurrent"/> named.</summary>
        internal bool IsInEvent => current.Value != 0;

        /// <summary>The event that the calling code belongs to.</summary>
        internal ulong Correlation()
        {
            ulong own = current.Value;
            return own != 0 ? own : Volatile.Read(ref inHand);
        }

        /// <summary>Sends a record at once: what a handler says before it hangs or crashes is what its user needs most.</summary>
        internal void Write(string level, string message, Dictionary<string, object> with)
        {
            byte[] fields = with.Count == 0 ? noFields : Json(with, worker);
            byte[] words = Cut(message, Layout.MaxShortSection);
            if (Layout.Header + words.Length + fields.Length > connection.MaxFrame)
            {
                words = Cut(message, ShortMessage);
                fields = with.Count == 0 ? noFields : tooLarge;
            }
            var frame = new Outgoing(Layout.Log, Correlation()) { Code = CodeOf(level), Path = words };
            frame.SetBody(fields);
            try
            {
                connection.Send(frame);
                connection.Flush();
            }
            catch (EndOfConnectionException)
            {
                // The main thread sees it too, and leaves.
                Console.Error.WriteLine($"log record lost, the processor is gone: {message}");
            }
        }

        /// <summary>A record's fields and the worker's number as a JSON object. What has no form there becomes its text.</summary>
        internal static byte[] Json(Dictionary<string, object> with, string worker)
        {
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { SkipValidation = true }))
            {
                json.WriteStartObject();
                foreach (KeyValuePair<string, object> field in with)
                {
                    if (field.Key != WorkerField)
                    {
                        json.WritePropertyName(field.Key);
                        WriteValue(json, field.Value, 0);
                    }
                }
                json.WriteString(WorkerField, worker);
                json.WriteEndObject();
            }
            return stream.ToArray();
        }

        private static void WriteValue(Utf8JsonWriter json, object? value, int depth)
        {
            const int deepest = 16;
            switch (value)
            {
                case null:
                    json.WriteNullValue();
                    break;
                case bool flag:
                    json.WriteBooleanValue(flag);
                    break;
                case string text:
                    json.WriteStringValue(text);
                    break;
                case double number when double.IsNaN(number) || double.IsInfinity(number):
                    json.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
                    break;
                case float number when float.IsNaN(number) || float.IsInfinity(number):
                    WriteValue(json, (double)number, depth);
                    break;
                case double number:
                    json.WriteNumberValue(number);
                    break;
                case float number:
                    json.WriteNumberValue(number);
                    break;
                case decimal number:
                    json.WriteNumberValue(number);
                    break;
                case ulong number:
                    json.WriteNumberValue(number);
                    break;
                case sbyte _: case byte _: case short _: case ushort _: case int _: case uint _: case long _:
                    json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                    break;
                case DateTime time:
                    json.WriteStringValue(time);
                    break;
                case IDictionary map when depth < deepest:
                    json.WriteStartObject();
                    foreach (DictionaryEntry? one in map)
                    {
                        DictionaryEntry entry = one!.Value;
                        json.WritePropertyName(TextOf(entry.Key));
                        WriteValue(json, entry.Value, depth + 1);
                    }
                    json.WriteEndObject();
                    break;
                case IList list when depth < deepest:
                    json.WriteStartArray();
                    foreach (object? item in list)
                    {
                        WriteValue(json, item, depth + 1);
                    }
                    json.WriteEndArray();
                    break;
                default:
                    json.WriteStringValue(TextOf(value));
                    break;
            }
        }

        private static string TextOf(object value)
        {
            try
            {
                return value.ToString() ?? "";
            }
            catch (Exception e)
            {
                return $"<{value.GetType().Name} whose ToString throws {e.GetType().Name}>";
            }
        }

        private static ushort CodeOf(string level) => level switch
        {
            "error" => Layout.LogError,
            "warning" => Layout.LogWarning,
            "info" => Layout.LogInfo,
            _ => Layout.LogDebug,
        };

        /// <summary>UTF-8 of at most so many bytes, cut between characters.</summary>
        private static byte[] Cut(string text, int limit)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            if (bytes.Length <= limit)
            {
                return bytes;
            }
            int end = limit;
            while ((bytes[end] & 0xC0) == 0x80)
            {
                end--;
            }
            return bytes.AsSpan(0, end).ToArray();
        }
    }
}
