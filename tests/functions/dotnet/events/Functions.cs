using System;
using System.Collections.Generic;
using System.Text.Json;
using Nuclio.Sdk;

/// <summary>Answers with everything that an event holds.</summary>
public class Functions
{
    private Event kept;

    public object Handle(Context context, Event eventBase)
    {
        switch (eventBase.Path)
        {
            case "/keep":
                kept = eventBase;
                return "kept";
            case "/kept":
                return $"{kept.Path} {kept.GetBody()} {kept.Headers["X-Kept"]}";
            case "/set":
                return Set(eventBase);
            default:
                return new Response { Body = JsonSerializer.Serialize(Members(eventBase)), ContentType = "application/json" };
        }
    }

    private static Dictionary<string, object> Members(Event e)
    {
        var members = new Dictionary<string, object>
        {
            ["body"] = new Dictionary<string, object>
            {
                ["kind"] = "bytes",
                ["value"] = new Dictionary<string, object> { ["base64"] = Convert.ToBase64String(e.Body) },
            },
            ["content_type"] = e.ContentType,
            ["fields"] = e.Fields,
            ["headers"] = e.Headers,
            ["id"] = e.Id,
            ["method"] = e.Method,
            ["path"] = e.Path,
            ["size"] = e.Size,
            ["url"] = e.Url,
            ["type"] = e.Type,
            ["type_version"] = e.TypeVersion,
            ["version"] = e.Version,
            ["topic"] = e.Topic,
            ["shard_id"] = e.ShardId,
            ["num_shards"] = e.NumShards,
            ["offset"] = e.Offset,
            ["last_in_batch"] = e.LastInBatch,
            ["trigger"] = new Dictionary<string, object>
            {
                ["kind"] = e.Trigger.Kind, ["name"] = e.Trigger.Name, ["class"] = e.Trigger.Class,
            },
            ["timestamp"] = new Dictionary<string, object>
            {
                ["kind"] = e.Timestamp.Kind.ToString(),
                ["age"] = (DateTime.UtcNow - e.Timestamp).TotalSeconds,
                ["iso"] = e.Timestamp.ToString("yyyy-MM-ddTHH:mm:ss.fffZ"),
            },
            ["text"] = e.GetBody(),
        };
        if (e.Fields.TryGetValue("get", out object name))
        {
            members["got"] = e.Headers.TryGetValue((string)name, out object value) ? value : null;
        }
        return members;
    }

    private static string Set(Event e)
    {
        e.SetBody("grüße");
        e.Path = "/mine";
        e.Headers["X-Own"] = "1";
        e.Fields = null;
        e.Trigger = new Trigger { Kind = "mine" };
        return $"{e.GetBody()} {e.Body.Length} {e.Size} {e.Path} {e.Headers["x-own"]} {e.Fields == null} {e.Trigger.Kind} {e.Method}";
    }
}
