using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Nuclio.Sdk;

namespace Nucleon.Wrapper
{
    /// <summary>
    /// What a handler returned, as the parts of a RESPONSE. The table is nuclio's: text is text/plain, a <see cref="Response"/> is as it
    /// is set, anything else is its <c>ToString()</c>; bytes and streams are an addition.
    /// </summary>
    internal struct Answer
    {
        private const string NoAckHeader = "X-Nuclio-Stream-No-Ack";
        private const int MaxHeaders = 64 * 1024;

        // A bound, should a function make a new content type for each event.
        private const int MostTypes = 256;

        internal static readonly byte[] Plain = Encoding.ASCII.GetBytes("text/plain");
        private static readonly ConcurrentDictionary<string, byte[]> Types = new ConcurrentDictionary<string, byte[]>();

        internal ushort Status;
        internal byte Flags;
        internal byte[] ContentType;
        internal byte[]? Headers;
        internal string? Text;
        internal ReadOnlyMemory<byte> Bytes;

        /// <summary>What follows the body as it comes; null for none.</summary>
        internal object? Stream;

        /// <summary>The answer for a return value. <see cref="UnanswerableException"/> if there is none.</summary>
        internal static Answer Of(object? result)
        {
            switch (result)
            {
                case string text:
                    return OfText(text);
                case Response response:
                    return OfResponse(response);
                case null:
                    return OfText("");
                case byte[] bytes:
                    return OfBytes(bytes);
                case ReadOnlyMemory<byte> bytes:
                    return OfBytes(bytes);
                case Memory<byte> bytes:
                    return OfBytes(bytes);
                case ArraySegment<byte> bytes:
                    return OfBytes(bytes);
                case Exception failure: // nuclio: what is returned is answered as if it was thrown
                    return new Answer
                    {
                        Status = 500,
                        Flags = Layout.Failed,
                        ContentType = Plain,
                        Text = Traces.Message(failure),
                    };
                default:
                    return Streams.IsStream(result) ? OfStream(result) : OfText(result.ToString() ?? "");
            }
        }

        /// <summary>A failure's answer: the message alone, as in nuclio.</summary>
        internal static Answer OfText(string text, ushort status = 200, byte flags = 0) =>
            new Answer { Status = status, Flags = flags, ContentType = Plain, Text = text };

        /// <summary>Puts the parts into a frame.</summary>
        internal readonly void Fill(ref Outgoing frame)
        {
            frame.Code = Status;
            frame.Flags = Flags;
            frame.ContentType = ContentType;
            frame.Headers = Headers;
            if (Text != null)
            {
                frame.SetBody(Text);
            }
            else
            {
                frame.SetBody(Bytes.Span);
            }
        }

        private static Answer OfBytes(ReadOnlyMemory<byte> bytes) =>
            new Answer { Status = 200, ContentType = Plain, Bytes = bytes };

        private static Answer OfStream(object stream) =>
            new Answer { Status = 200, ContentType = Plain, Stream = stream };

        private static Answer OfResponse(Response response)
        {
            var answer = new Answer
            {
                Status = StatusOf(response.StatusCode),
                Flags = response.NoAck ? Layout.NoAck : (byte)0,
                ContentType = TypeOf(response.ContentType),
                Stream = response.BodyStream,
            };
            if (answer.Stream != null && !Streams.IsStream(answer.Stream))
            {
                throw new UnanswerableException($"BodyStream is a {answer.Stream.GetType()}, which is no stream");
            }
            if (response.BodyBytes.HasValue)
            {
                answer.Bytes = response.BodyBytes.Value;
            }
            else
            {
                SetBody(ref answer, response);
            }
            if (response.Headers != null && response.Headers.Count > 0)
            {
                answer.Headers = HeadersOf(response.Headers, ref answer.Flags);
            }
            return answer;
        }

        private static void SetBody(ref Answer answer, Response response)
        {
            string body = response.Body ?? "";
            switch (response.BodyEncoding)
            {
                case null:
                case "":
                case "text":
                    answer.Text = body;
                    break;
                case "base64":
                    try
                    {
                        answer.Bytes = Convert.FromBase64String(body);
                    }
                    catch (FormatException)
                    {
                        throw new UnanswerableException("illegal base64 data in the response's body");
                    }
                    break;
                default:
                    throw new UnanswerableException($"Unknown body encoding - \"{response.BodyEncoding}\"");
            }
        }

        private static ushort StatusOf(int status)
        {
            if (status < 0 || status > ushort.MaxValue)
            {
                throw new UnanswerableException($"status code {status} is out of range");
            }
            return (ushort)(status == 0 ? 200 : status);
        }

        private static byte[] TypeOf(string? type)
        {
            if (string.IsNullOrEmpty(type))
            {
                return Plain;
            }
            if (Types.TryGetValue(type!, out byte[]? known))
            {
                return known;
            }
            byte[] bytes = Encoding.UTF8.GetBytes(type!);
            if (bytes.Length > Layout.MaxShortSection || Array.IndexOf(bytes, (byte)0) >= 0)
            {
                throw new UnanswerableException("the response's content type is too long or holds a NUL character");
            }
            if (Types.Count < MostTypes)
            {
                Types[type!] = bytes;
            }
            return bytes;
        }

        /// <summary>The pairs block. nuclio drops numbers, booleans, null and structures; a list's texts are each a header here.</summary>
        private static byte[] HeadersOf(Dictionary<string, object> headers, ref byte flags)
        {
            using var block = new MemoryStream();
            foreach (KeyValuePair<string, object> header in headers)
            {
                if (string.Equals(header.Key, NoAckHeader, StringComparison.OrdinalIgnoreCase) && !(header.Value is string))
                {
                    flags |= header.Value is true ? Layout.NoAck : (byte)0;
                    continue;
                }
                switch (header.Value)
                {
                    case string value:
                        Add(block, header.Key, value);
                        break;
                    case IEnumerable values:
                        foreach (object? value in values)
                        {
                            if (value is string text)
                            {
                                Add(block, header.Key, text);
                            }
                        }
                        break;
                }
            }
            if (block.Length > MaxHeaders)
            {
                throw new UnanswerableException($"the response's headers take {block.Length} bytes, {MaxHeaders} are possible");
            }
            return block.ToArray();
        }

        private static void Add(MemoryStream block, string name, string value)
        {
            if (name.Contains('\0') || value.Contains('\0'))
            {
                throw new UnanswerableException("a header's name or value holds a NUL character");
            }
            Pairs.Add(block, name, value);
        }
    }
}
