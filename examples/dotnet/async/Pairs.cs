using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading.Tasks;
using Nuclio.Sdk;

/// <summary>
/// Waits for something slow without holding the worker up. <c>mode: async</c> in function.yaml lets one worker have many events in flight;
/// without it a worker handles one event at a time, also where the handler is <c>async</c>. Here two callers wait for each other, which
/// shows that both are in flight. What comes after an <c>await</c> may run on any thread, so what events share must be safe for that.
/// </summary>
public class Pairs
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> tables =
        new ConcurrentDictionary<string, TaskCompletionSource<string>>();

    public async Task<string> Handle(Context context, Event eventBase)
    {
        var table = (string)eventBase.Fields.GetValueOrDefault("table", "1");
        var partner = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (tables.TryAdd(table, partner))
        {
            return await partner.Task + " came";
        }
        if (tables.TryRemove(table, out TaskCompletionSource<string> waiting))
        {
            waiting.SetResult((string)eventBase.Fields.GetValueOrDefault("name", "?"));
        }
        return "you made the pair";
    }
}
