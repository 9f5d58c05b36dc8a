using System.Text.Json;
using Nuclio.Sdk;

/// <summary>Takes CloudEvents in both forms, as headers (binary) and as one JSON document (structured), without a line of code for either.</summary>
public class CloudEvents
{
    public object Handle(Context context, Event eventBase)
    {
        // The data of a structured event is its JSON, whatever the event says of its type.
        string text = eventBase.GetBody();
        object data = text.StartsWith('{') ? (object)JsonDocument.Parse(text).RootElement : text;
        return new Response
        {
            Body = JsonSerializer.Serialize(new { type = eventBase.Type, source = eventBase.Trigger.Kind, id = eventBase.Id, data }),
            ContentType = "application/json",
        };
    }
}
