using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using Nuclio.Sdk;

/// <summary>
/// Fails in the two ways there are: by an answer with a status of its own, and by an exception, which is a 500. The difference matters for
/// streams: an answer counts as done whatever its status, an exception does not.
/// </summary>
public class Errors
{
    public object Handle(Context context, Event eventBase)
    {
        if (eventBase.Path != "/divide")
        {
            return new Response { Body = $"nothing at {eventBase.Path}", StatusCode = 404 };
        }
        string by = (string)eventBase.Fields.GetValueOrDefault("by", "");
        if (!int.TryParse(by, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int divisor))
        {
            return new Response { Body = "'by' must be a whole number", StatusCode = 400 };
        }
        return new Response { Body = JsonSerializer.Serialize(new { result = 100m / divisor }), ContentType = "application/json" };
    }
}
