using System.Text.Json;
using Nuclio.Sdk;

/// <summary>Stores what an event tells, {"id": 7}. An event that throws is tried again, then dead-lettered.</summary>
public class Function
{
    public object Handle(Context context, Event eventBase)
    {
        long id = JsonDocument.Parse(eventBase.GetBody()).RootElement.GetProperty("id").GetInt64();
        context.Logger.InfoWith("stored", "id", id);
        return $"{{\"stored\":{id}}}";
    }
}
