using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Nuclio.Sdk;

/// <summary>Every form in which a handler may answer; the path names the form.</summary>
public class Functions
{
    private static readonly byte[] ThreeBytes = { 0, 255, 254 };

    // What every language can answer; the paths are the same in all of tests/functions/*/answers.
    private static readonly Dictionary<string, Func<Event, object>> Forms = new Dictionary<string, Func<Event, object>>
    {
        ["/text"] = e => "a text",
        ["/unicode"] = e => "Grüße, 世界 🎉",
        ["/empty"] = e => "",
        ["/octets"] = e => new Response { BodyBytes = ThreeBytes, ContentType = "application/octet-stream" },
        ["/type"] = e => new Response { Body = "{}", ContentType = "application/json" },
        ["/status"] = e => new Response { Body = "made", StatusCode = 201 },
        ["/status-zero"] = e => new Response { Body = "zero", StatusCode = 0 },
        ["/status-odd"] = e => new Response { Body = "x", StatusCode = 799 },
        ["/status-low"] = e => new Response { Body = "x", StatusCode = 42 },
        ["/status-huge"] = e => new Response { Body = "x", StatusCode = 70000 },
        ["/no-content"] = e => new Response { Body = "dropped", StatusCode = 204 },
        ["/count"] = e => (++counted).ToString(),
        ["/headers"] = e => With("", ("x-lower", "1"), ("X_UNDER_SCORE", "2"), ("x-multi-word-name", "3")),
        ["/headers-type"] = e => With("x", ("Content-Type", "text/html")),
        ["/headers-hostile"] = e => With(
            "safe", ("X-Split", "a\r\nX-Injected: b"), ("Bad Name", "c"), ("Content-Length", "1"), ("X-Fine", "d")),
        ["/headers-unicode"] = e => With("", ("X-Word", "Grüße")),
        ["/headers-framing"] = e => With("kept", ("Transfer-Encoding", "chunked"), ("Content-Length", "99"), ("Connection", "close")),
        ["/headers-server"] = e => With("", ("Server", "mine")),
        ["/headers-cookies"] = e => With("", ("Set-Cookie", "a=1; Path=/")),
        ["/headers-echo"] = e => new Response { Body = "echoed", Headers = e.Headers },
        ["/raise"] = e => throw new InvalidOperationException("went wrong"),
        ["/raise-unicode"] = e => throw new InvalidOperationException("schön 🎉"),
        ["/echo"] = e => new Response { BodyBytes = e.BodyView, ContentType = "application/octet-stream" },
        ["/echo-part"] = e => e.BodyView.Slice(0, 4),
        ["/large"] = e => new string('x', int.Parse((string)e.Fields["size"])),
        ["/stream"] = e => Mixed("one,", Encoding.UTF8.GetBytes("two,"), "three"),
        ["/stream-response"] = e => new Response
        {
            BodyStream = Parts("a", "b"),
            ContentType = "text/csv",
            StatusCode = 206,
            Headers = new Dictionary<string, object> { ["X-Rows"] = "2" },
        },
        ["/stream-empty"] = e => Parts(),
        ["/stream-empty-items"] = e => Parts("", "x", "", "y"),
        ["/stream-large"] = e => Enumerable.Range(0, 26).Select(i => Enumerable.Repeat((byte)('A' + i), 100_000).ToArray()),
        ["/stream-breaks"] = e => Breaking(),
        ["/stream-fails"] = e => FailingAtOnce(),

        ["/text-nul"] = e => "a\0b",
        ["/bytes"] = e => ThreeBytes,
        ["/bytes-empty"] = e => Array.Empty<byte>(),
        ["/memory"] = e => ThreeBytes.AsMemory(1),
        ["/segment"] = e => new ArraySegment<byte>(ThreeBytes, 0, 2),
        ["/null"] = e => null,
        ["/number"] = e => 20,
        ["/boolean"] = e => true,
        ["/object"] = e => new Spoken(),
        ["/object-silent"] = e => new Silent(),
        ["/object-broken"] = e => new Broken(),
        ["/list"] = e => new List<string> { "a", "b" },
        ["/response-defaults"] = e => new Response(),
        ["/response"] = e => new Response
        {
            Body = "made", StatusCode = 201, ContentType = "text/html", Headers = new Dictionary<string, object> { ["X-A"] = "b" },
        },
        ["/response-own"] = e => new OwnResponse { Body = "my own" },
        ["/response-base64"] = e => new Response { Body = "AQI=", BodyEncoding = "base64", ContentType = "application/octet-stream" },
        ["/response-not-base64"] = e => new Response { Body = "%%", BodyEncoding = "base64" },
        ["/response-encoding"] = e => new Response { Body = "x", BodyEncoding = "rot13" },
        ["/response-text"] = e => new Response { Body = "plain", BodyEncoding = "text", ContentType = "" },
        ["/response-bytes-first"] = e => new Response { Body = "unseen", BodyBytes = ThreeBytes },
        ["/response-negative"] = e => new Response { Body = "x", StatusCode = -1 },
        ["/headers-values"] = e => new Response
        {
            Headers = new Dictionary<string, object>
            {
                ["X-Int"] = 5, ["X-True"] = true, ["X-Null"] = null, ["X-Object"] = new Spoken(), ["X-Text"] = "here",
                ["X-List"] = new[] { "a", "b" },
            },
        },
        ["/headers-nul"] = e => With("x", ("X-A", "a\0b")),
        ["/headers-many"] = e => new Response
        {
            Headers = Enumerable.Range(0, 2000).ToDictionary(i => $"X-{i}", i => (object)new string('v', 60)),
        },
        ["/no-ack"] = e => NoAck(),
        ["/task"] = e => Later("later"),
        ["/task-done"] = e => Task.FromResult("at once"),
        ["/task-number"] = e => Later(7),
        ["/task-response"] = e => Later(new Response { Body = "made", StatusCode = 201, ContentType = "text/html" }),
        ["/task-null"] = e => Later<string>(null),
        ["/task-nothing"] = e => Task.Delay(1),
        ["/task-failed"] = e => FailsLater(),
        ["/task-stream"] = e => Later(Mixed("a", "b")),
        ["/value-task"] = e => new ValueTask<string>(Later("later")),
        ["/stream-async"] = e => Texts("one,", "two,", "three"),
        ["/stream-bytes"] = e => Bytes(),
        ["/stream-file"] = e => new MemoryStream(Encoding.UTF8.GetBytes("from a stream")),
        ["/stream-both"] = e => new Response { Body = "first,", BodyStream = Parts("second") },
        ["/stream-none"] = e => new Response { BodyStream = 5 },
        ["/raise-nested"] = e => throw new InvalidOperationException("outer", new ArgumentException("inner")),
        ["/raise-empty"] = e => throw new InvalidOperationException(""),
        ["/raise-returned"] = e => new InvalidOperationException("returned"),
        ["/raise-unshowable"] = e => throw new Unshowable(),
        ["/raise-static"] = e => StaticallyBroken.Value,
        ["/raise-aggregate"] = e => Task.WhenAll(FailsLater(), Task.FromException(new ArgumentException("a second one"))),
        ["/unobserved"] = e => Unobserved(),
        ["/pid"] = e => Process.GetCurrentProcess().Id.ToString(),
        ["/body-kind"] = e => $"{e.BodyView.Length} {e.Body.Length} {e.GetBody().Length}",
    };

    private static int counted;

    public static object Handle(Context context, Event eventBase) => Forms[eventBase.Path](eventBase);

    private static Response With(string body, params (string Name, string Value)[] headers) => new Response
    {
        Body = body,
        Headers = headers.ToDictionary(header => header.Name, header => (object)header.Value),
    };

    private static Response NoAck()
    {
        var response = With("not acked", ("X-Kept", "yes"));
        response.EnsureNoAck();
        return response;
    }

    private static IEnumerable<string> Parts(params string[] parts)
    {
        foreach (string part in parts)
        {
            yield return part;
        }
    }

    private static async IAsyncEnumerable<object> Mixed(params object[] parts)
    {
        foreach (object part in parts)
        {
            await Task.Yield();
            yield return part;
        }
    }

    private static async IAsyncEnumerable<string> Texts(params string[] parts)
    {
        foreach (string part in parts)
        {
            await Task.Yield();
            yield return part;
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Bytes()
    {
        await Task.Yield();
        yield return ThreeBytes;
        yield return ThreeBytes.AsMemory(0, 1);
    }

    private static IEnumerable<string> Breaking()
    {
        yield return "first,";
        throw new InvalidOperationException("in the middle");
    }

    private static IEnumerable<string> FailingAtOnce()
    {
        throw new InvalidOperationException("before the first");
#pragma warning disable CS0162 // makes it an iterator
        yield return "never";
#pragma warning restore CS0162
    }

    private static async Task<T> Later<T>(T result)
    {
        await Task.Delay(2);
        return result;
    }

    /// <summary>A task whose exception nobody looks at, and its end as the run time sees it.</summary>
    private static string Unobserved()
    {
        bool told = false;
        TaskScheduler.UnobservedTaskException += (sender, failure) => told = true;
        Forget();
        for (int i = 0; i < 100 && !told; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return told ? "unobserved" : "never told";

        static void Forget() => ((IAsyncResult)Task.Run(() => throw new InvalidOperationException("nobody looks"))).AsyncWaitHandle.WaitOne();
    }

    private static async Task FailsLater()
    {
        await Task.Yield();
        throw new InvalidOperationException("went wrong later");
    }

    private sealed class Spoken
    {
        public override string ToString() => "spoken";
    }

    private sealed class Silent
    {
        public override string ToString() => null;
    }

    private sealed class Broken
    {
        public override string ToString() => throw new InvalidOperationException("no text");
    }

    private sealed class OwnResponse : Response
    {
    }

    private sealed class Unshowable : Exception
    {
        public override string Message => throw new InvalidOperationException("no message");
    }

    private static class StaticallyBroken
    {
        public static readonly string Value = int.Parse("no number").ToString();
    }
}
