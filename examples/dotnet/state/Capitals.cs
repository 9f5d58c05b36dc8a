using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using Nuclio.Sdk;

/// <summary>
/// Knows the capitals that it loaded once, before its first event, and counts the questions. A worker has one object of the class, so each
/// of several workers has its own state; <c>context.UserData</c> is another place for it.
/// </summary>
public class Capitals
{
    private Dictionary<string, string> capitals;
    private int asked;

    /// <summary>Runs once in each worker. The function's folder is the current one.</summary>
    public void InitContext(Context context)
    {
        capitals = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText("capitals.json"));
    }

    public object Handle(Context context, Event eventBase)
    {
        asked++;
        string country = (string)eventBase.Fields.GetValueOrDefault("country", "");
        return capitals.TryGetValue(country, out string capital)
            ? new Response { Body = JsonSerializer.Serialize(new { capital, asked }), ContentType = "application/json" }
            : new Response { Body = $"no capital of '{country}' is known", StatusCode = 404 };
    }
}
