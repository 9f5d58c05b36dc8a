using System.Collections.Generic;
using System.Threading.Tasks;
using Nuclio.Sdk;

/// <summary>Greets after a wait, many events at once: mode: async in function.yaml lets 16 of them be open in a worker.</summary>
public class Function
{
    public async Task<object> Handle(Context context, Event eventBase)
    {
        await Task.Delay(10); // a database, another service
        return $"Hello, {eventBase.Fields.GetValueOrDefault("name", "world")}!";
    }
}
