using System;
using Nuclio.Sdk;

/// <summary>Handlers that the benches run.</summary>
public static class Handlers
{
    public static string Empty(Context context, Event eventBase) => "";

    /// <summary>Bytes as they are: a view of them with body: view, else the event's array.</summary>
    public static Response Echo(Context context, Event eventBase) => new Response { BodyBytes = eventBase.BodyView };
}
