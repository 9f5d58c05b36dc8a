using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Nuclio.Sdk;

namespace Nucleon.Wrapper.Tests
{
    internal sealed class AnswerTests
    {
        public void TextIsPlain()
        {
            Answer answer = Answer.Of("grüße");

            Expect.Equal((answer.Status, answer.Text, Type(answer)), ((ushort)200, "grüße", "text/plain"));
        }

        public void NothingIsAnEmptyBody() => Expect.Equal(Answer.Of(null).Text, "");

        public void BytesAreBytes()
        {
            byte[] bytes = { 0, 255 };
            foreach (object one in new object[] { bytes, new ArraySegment<byte>(bytes), bytes.AsMemory(), new ReadOnlyMemory<byte>(bytes) })
            {
                Expect.Bytes(Answer.Of(one).Bytes.Span, bytes, one.GetType().Name);
            }
        }

        public void AnythingElseIsItsText()
        {
            Expect.Equal(Answer.Of(5).Text, "5");
            Expect.Equal(Answer.Of(true).Text, "True");
            Expect.Equal(Answer.Of(new List<string>()).Text, "System.Collections.Generic.List`1[System.String]");
        }

        public void AnExceptionThatIsReturnedIsAFailure()
        {
            Answer answer = Answer.Of(new InvalidOperationException("no"));

            Expect.Equal((answer.Status, answer.Text, answer.Flags), ((ushort)500, "no", Layout.Failed));
        }

        public void AResponseWithoutAnything()
        {
            Answer answer = Answer.Of(new Response());

            Expect.Equal((answer.Status, answer.Text, Type(answer)), ((ushort)200, "", "text/plain"));
            Expect.Equal(answer.Headers, null);
        }

        public void AResponseAsItIsSet()
        {
            var response = new Response { Body = "x", StatusCode = 201, ContentType = "a/b", BodyEncoding = "text" };
            response.Headers = new Dictionary<string, object>
            {
                ["A"] = "b", ["Number"] = 5, ["Flag"] = true, ["Null"] = null!, ["Many"] = new[] { "1", "2" }, ["Map"] = new Dictionary<string, string>(),
            };
            Answer answer = Answer.Of(response);

            Expect.Equal((answer.Status, answer.Text, Type(answer)), ((ushort)201, "x", "a/b"));
            Expect.Equal(Encoding.UTF8.GetString(answer.Headers!), "A\0b\0Many\01\0Many\02");
        }

        public void ABodyInBase64()
        {
            Expect.Bytes(Answer.Of(new Response { Body = "AP8=", BodyEncoding = "base64" }).Bytes.Span, new byte[] { 0, 255 });
            Unanswerable("base64", new Response { Body = "?", BodyEncoding = "base64" });
        }

        public void AnEncodingThatIsNone() =>
            Unanswerable("Unknown body encoding - \"rot13\"", new Response { BodyEncoding = "rot13" });

        public void WhatNoFrameCanCarry()
        {
            Unanswerable("status code -1", new Response { StatusCode = -1 });
            Unanswerable("status code 70000", new Response { StatusCode = 70000 });
            Unanswerable("content type", new Response { ContentType = "a\0b" });
            Unanswerable("NUL", new Response { Headers = new Dictionary<string, object> { ["A"] = "b\0c" } });
            Unanswerable("headers take", new Response { Headers = new Dictionary<string, object> { ["A"] = new string('x', 70000) } });
            Unanswerable("no stream", new Response { BodyStream = 5 });
        }

        public void NoAckIsAFlag()
        {
            var told = new Response();
            told.EnsureNoAck();
            var header = new Response { Headers = new Dictionary<string, object> { ["x-nuclio-stream-no-ack"] = true } };

            Expect.Equal(Answer.Of(told).Flags, Layout.NoAck);
            Expect.Equal(Answer.Of(header).Flags, Layout.NoAck);
            Expect.Equal(Answer.Of(header).Headers!.Length, 0);
        }

        public void StreamsOfEveryKind()
        {
            Expect.Equal(Text(new MemoryStream(Encoding.UTF8.GetBytes("abc"))), "abc");
            Expect.Equal(Text(Texts()), "ab");
            Expect.Equal(Text(Later()), "abc");
            Expect.Equal(Text(Bytes()), "xy");
            Expect.True(!Streams.IsStream(new List<string>()) && !Streams.IsStream("text") && !Streams.IsStream(new byte[3]), "no streams");
        }

        public void ResultsOfTasks()
        {
            Expect.Equal(Result(Task.FromResult("a")), "a");
            Expect.Equal(Result(Task.FromResult(5)), 5);
            Expect.Equal(Result(Task.FromResult(new Response { Body = "r" })) is Response, true);
            Expect.Equal(Result(Task.CompletedTask), null);
            Expect.Equal(Result(Nothing()), null);
            Expect.Equal(Result(new ValueTask<string>("v")), "v");
            Expect.Equal(Result(new ValueTask(Nothing())), null);
            Expect.Equal(Awaiting.TaskOf("text"), null);
            Expect.Equal(Awaiting.TaskOf(5), null);
            Expect.Equal(Awaiting.TaskOf(new KeyValuePair<string, int>("a", 1)), null);
            Expect.Throws<ArithmeticException>(() => Result(Task.FromException<string>(new ArithmeticException())));
        }

        public void QueriesAsNucliosServerReadsThem()
        {
            Dictionary<string, object> fields = Query.Read(
                Encoding.UTF8.GetBytes("a=1&b=two%20words&c=x+y&d=&e&f=g=h&a=2&&i=%zz&%C3%BC=%C3%9F&j=%4&=&k=%4A"));

            string found = string.Join("|", fields.Select(field => $"{field.Key}:{field.Value}"));
            Expect.Equal(found, "a:2|b:two words|c:x y|d:|e:|f:g=h|i:%zz|ü:ß|j:%4|k:J");
        }

        public void FieldsOfARecordAsJson()
        {
            byte[] json = LogSink.Json(new Dictionary<string, object>
            {
                ["s"] = "é\"", ["i"] = 5, ["d"] = double.NaN, ["n"] = null!, ["b"] = true, ["l"] = new[] { 1, 2 },
                ["m"] = new Dictionary<string, object> { ["k"] = 1.5 }, ["o"] = new Version(1, 2), ["u"] = ulong.MaxValue,
                ["worker_id"] = "mine",
            }, "3");

            Expect.Equal(
                Encoding.UTF8.GetString(json),
                "{\"s\":\"\\u00E9\\u0022\",\"i\":5,\"d\":\"NaN\",\"n\":null,\"b\":true,\"l\":[1,2],\"m\":{\"k\":1.5},\"o\":\"1.2\",\"u\":18446744073709551615,\"worker_id\":\"3\"}");
        }

        private static void Unanswerable(string words, Response response)
        {
            string message = Expect.Throws<UnanswerableException>(() => Answer.Of(response), words).Message;
            Expect.True(message.Contains(words), $"'{words}' in '{message}'");
        }

        private static string Type(Answer answer) => Encoding.UTF8.GetString(answer.ContentType);

        private static object? Result(object value) => Awaiting.ResultOf(Awaiting.TaskOf(value)!);

        private static async Task Nothing() => await Task.Yield();

        private static string Text(object stream)
        {
            Expect.True(Streams.IsStream(stream), $"{stream.GetType().Name} is a stream");
            return Read(stream).GetAwaiter().GetResult();
        }

        private static async Task<string> Read(object stream)
        {
            var bytes = new List<byte>();
            await foreach (ReadOnlyMemory<byte> part in Streams.Parts(stream))
            {
                bytes.AddRange(part.ToArray());
            }
            return Encoding.UTF8.GetString(bytes.ToArray());
        }

        private static IEnumerable<string> Texts()
        {
            yield return "a";
            yield return "b";
        }

        private static IEnumerable<byte[]> Bytes()
        {
            yield return new[] { (byte)'x' };
            yield return new[] { (byte)'y' };
        }

        private static async IAsyncEnumerable<object> Later()
        {
            yield return "a";
            await Task.Yield();
            yield return Encoding.UTF8.GetBytes("b");
            yield return "c".AsMemory();
        }
    }
}
