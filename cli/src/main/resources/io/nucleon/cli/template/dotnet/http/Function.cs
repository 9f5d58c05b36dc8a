using System.Collections.Generic;
using Nuclio.Sdk;

/// <summary>Greets: GET /?name=Ada, or POST Ada.</summary>
public class Function
{
    public object Handle(Context context, Event eventBase)
    {
        object name = eventBase.Size > 0 ? eventBase.GetBody() : eventBase.Fields.GetValueOrDefault("name", "world");
        context.Logger.InfoWith("greeting", "name", name);
        return $"Hello, {name}!";
    }
}
