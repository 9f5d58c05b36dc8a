using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Nuclio.Sdk;

/// <summary>The checker function of <c>nucleon conformance</c>: what each path does is in docs/how-to/add-a-language.md.</summary>
public class Checker
{
    private const int LookMillis = 5;

    private readonly List<Event> kept = new List<Event>();
    private readonly List<TaskCompletionSource<object>> meeting = new List<TaskCompletionSource<object>>();
    private readonly Dictionary<string, Func<Context, Event, object>> paths;

    public Checker()
    {
        paths = new Dictionary<string, Func<Context, Event, object>>
        {
            ["/echo"] = (context, e) => e.Body,
            ["/answer"] = (context, e) => new Response
            {
                Body = "made",
                StatusCode = 201,
                ContentType = "text/x-checker",
                Headers = new Dictionary<string, object> { ["X-Checker"] = "gr\u00fcn" },
            },
            ["/raise"] = (context, e) => throw new InvalidOperationException("the checker raises"),
            ["/log"] = (context, e) => Log(context.Logger),
            ["/size"] = (context, e) => new string('x', int.Parse(e.GetBody())),
            ["/wait"] = (context, e) => Wait(e.GetBody()),
            ["/object"] = (context, e) => JsonDocument.Parse(e.Body).RootElement.GetProperty("k").GetArrayLength().ToString(),
            ["/trigger"] = (context, e) => Json(new { kind = context.Trigger.Kind, name = context.Trigger.Name }),
            ["/stream"] = (context, e) => Stream(),
            ["/stream-breaks"] = (context, e) => Breaking(),
            ["/no-ack"] = (context, e) => NoAck(),
            ["/ack"] = (context, e) => Ack(context.Platform, e),
            ["/view"] = (context, e) => e.BodyView,
            ["/keep"] = (context, e) => Keep(e),
        };
    }

    public void InitContext(Context context)
    {
        context.Logger.Info("init");
        context.Platform.SetDrainCallback(() => context.Logger.Info("draining"));
        context.Platform.SetTerminationCallback(() => context.Logger.Info("terminating"));
    }

    /// <summary>A batch comes whole; an event by itself is a list of one.</summary>
    public object Handle(Context context, List<Event> events)
    {
        if (events[0].Path == "/batch")
        {
            return events.Where(e => e.GetBody() != "skip")
                .Select(e => new Response { Body = $"{events.Count}:{e.GetBody()}", EventId = e.Id })
                .ToList();
        }
        return Answer(context, events[0]);
    }

    public async Task<object> HandleAsync(Context context, Event e)
    {
        switch (e.Path)
        {
            case "/meet":
                return await Meet(e);
            case "/cancelled":
                try
                {
                    await Task.Delay(Timeout.Infinite, e.CancellationToken);
                }
                catch (OperationCanceledException)
                {
                    // as was to be shown
                }
                return "cancelled";
            default:
                return Answer(context, e);
        }
    }

    private object Answer(Context context, Event e) =>
        paths.TryGetValue(e.Path, out Func<Context, Event, object> path) ? path(context, e) : Show(e);

    private static Response Json(object value) =>
        new Response { Body = JsonSerializer.Serialize(value), ContentType = "application/json" };

    private static Response Show(Event e) => Json(new Dictionary<string, object>
    {
        ["method"] = e.Method,
        ["path"] = e.Path,
        ["fields"] = e.Fields,
        ["headers"] = e.Headers,
        ["content_type"] = e.ContentType,
        ["id"] = e.Id,
        ["trigger_kind"] = e.Trigger.Kind,
        ["trigger_name"] = e.Trigger.Name,
        ["shard"] = e.ShardId,
        ["num_shards"] = e.NumShards,
        ["offset"] = e.Offset,
        ["topic"] = e.Topic,
        ["type"] = e.Type,
        ["type_version"] = e.TypeVersion,
        ["version"] = e.Version,
        ["url"] = e.Url,
        ["size"] = e.Size,
        ["body"] = Convert.ToBase64String(e.Body),
    });

    private static string Log(Logger log)
    {
        log.DebugWith("one", "number", 1);
        log.InfoWith("two", "number", 2);
        log.WarnWith("three", "number", 3);
        log.ErrorWith("four \u00fc\n", "number", 4);
        return "logged";
    }

    private static string Wait(string gate)
    {
        File.WriteAllText(gate + ".in", "");
        while (!File.Exists(gate + ".go"))
        {
            Thread.Sleep(LookMillis);
        }
        return "waited";
    }

    private static IEnumerable<string> Stream()
    {
        yield return "one,";
        yield return "two,";
        yield return "three";
    }

    private static IEnumerable<string> Breaking()
    {
        yield return "one,";
        throw new InvalidOperationException("the checker raises");
    }

    private static Response NoAck()
    {
        var response = new Response { Body = "not acked" };
        response.EnsureNoAck();
        return response;
    }

    private static string Ack(Platform platform, Event e)
    {
        platform.ExplicitAck(QualifiedOffset.FromEvent(e));
        return "acked";
    }

    private string Keep(Event e)
    {
        kept.Add(e);
        return kept.Count > 1 ? $"{kept[0].GetBody()} {kept[0].Headers["X-Kept"]}" : "kept";
    }

    /// <summary>Fulfilled for both when the second one has come.</summary>
    private Task<object> Meet(Event e)
    {
        var mine = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (meeting)
        {
            meeting.Add(mine);
            if (meeting.Count == 2)
            {
                meeting.ForEach(one => one.SetResult(null));
                meeting.Clear();
            }
        }
        return Then(mine.Task, e);
    }

    private static async Task<object> Then(Task met, Event e)
    {
        await met;
        return e.Body;
    }
}
