using System;
using System.Collections.Generic;
using System.Text.Json;
using Nuclio.Sdk;

/// <summary>Calls itself by its name, through the platform: two workers, as each call takes both sides.</summary>
public class Functions
{
    public object Handle(Context context, Event eventBase)
    {
        switch (eventBase.Path)
        {
            case "/seen":
                return Seen(eventBase);
            case "/echo":
                return new Response { BodyBytes = eventBase.Body, ContentType = eventBase.ContentType };
            case "/fail":
                throw new InvalidOperationException("as told");
        }
        Response answer = Call(context, eventBase);
        if (eventBase.Path == "/forward")
        {
            return new Response { BodyBytes = answer.BodyBytes, ContentType = answer.ContentType, StatusCode = answer.StatusCode };
        }
        return Json(new Dictionary<string, object>
        {
            ["status"] = answer.StatusCode,
            ["content_type"] = answer.ContentType,
            ["seen"] = answer.Headers.GetValueOrDefault("x-seen"),
        });
    }

    private static Response Call(Context context, Event e)
    {
        var request = new Event
        {
            Body = e.Body,
            ContentType = e.ContentType == "" ? null : e.ContentType,
            Method = (string)e.Fields.GetValueOrDefault("method"),
            Path = (string)e.Fields.GetValueOrDefault("path"),
        };
        request.Headers["X-Passed"] = "on";
        return context.Platform.CallFunction((string)e.Fields.GetValueOrDefault("to", "calls"), request);
    }

    private static Response Seen(Event e)
    {
        Response response = Json(new Dictionary<string, object>
        {
            ["method"] = e.Method,
            ["path"] = e.Path,
            ["fields"] = e.Fields,
            ["content_type"] = e.ContentType,
            ["target"] = e.Headers.GetValueOrDefault("X-Nuclio-Target"),
            ["passed"] = e.Headers.GetValueOrDefault("X-Passed"),
            ["body"] = e.GetBody(),
        });
        response.Headers = new Dictionary<string, object> { ["X-Seen"] = "Yes" };
        return response;
    }

    private static Response Json(object value) => new Response { Body = JsonSerializer.Serialize(value), ContentType = "application/json" };
}
