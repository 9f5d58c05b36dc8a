using System.Collections.Generic;
using System.Text.Json;
using Nuclio.Sdk;

/// <summary>Says hello to whoever the query or a JSON body names. A text is an answer with status 200 and content type text/plain.</summary>
public class Hello
{
    public object Handle(Context context, Event eventBase) => $"Hello, {NameIn(eventBase) ?? "world"}!";

    private static string NameIn(Event eventBase)
    {
        if (eventBase.Size == 0)
        {
            return (string)eventBase.Fields.GetValueOrDefault("name");
        }
        return JsonSerializer.Deserialize<Dictionary<string, string>>(eventBase.Body).GetValueOrDefault("name");
    }
}
