using System.Collections.Generic;
using Nuclio.Sdk;

/// <summary>Sends back what it got: body, content type, and what the request was.</summary>
public class Echo
{
    public object Handle(Context context, Event eventBase) => new Response
    {
        BodyBytes = eventBase.Body,
        ContentType = eventBase.ContentType == "" ? "application/octet-stream" : eventBase.ContentType,
        Headers = new Dictionary<string, object>
        {
            ["X-Method"] = eventBase.Method,
            ["X-Path"] = eventBase.Path,
            ["X-Who"] = eventBase.Fields.GetValueOrDefault("who", "nobody"),
        },
    };
}
