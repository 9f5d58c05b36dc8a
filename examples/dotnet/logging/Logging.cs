using System.Collections.Generic;
using Nuclio.Sdk;

/// <summary>Logs at all levels. Fields are part of the record; a caller sees an event's records with the header X-Nuclio-Log-Level.</summary>
public class Logging
{
    public object Handle(Context context, Event eventBase)
    {
        context.Logger.Debug("nobody needs to know");
        context.Logger.InfoWith("order came", "number", 17, "customer", eventBase.Fields.GetValueOrDefault("customer", "unknown"));
        context.Logger.WarnWith("stock is low", "left", 3);
        context.Logger.Error("{0} of {1} failed", "printing", "a label");
        return "logged";
    }
}
