using System;
using System.Threading;
using System.Threading.Tasks;
using Nuclio.Sdk;

/// <summary>mode: async: several events in flight in one worker.</summary>
public class Functions
{
    private readonly TaskCompletionSource<bool> allHere = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
    private int here;

    public async Task<object> Handle(Context context, Event eventBase, CancellationToken cancellation)
    {
        switch (eventBase.Path)
        {
            case "/meet":
                // Nobody answers before three are here.
                if (Interlocked.Increment(ref here) == int.Parse((string)eventBase.Fields["of"]))
                {
                    allHere.SetResult(true);
                }
                await allHere.Task;
                return "met";
            case "/log":
                context.Logger.InfoWith("mine", "body", eventBase.GetBody());
                await Task.Delay(10, cancellation);
                context.Logger.InfoWith("still mine", "body", eventBase.GetBody());
                return eventBase.Body;
            case "/raise":
                await Task.Yield();
                throw new InvalidOperationException("only this one");
            case "/raise-at-once":
                throw new InvalidOperationException("before the first await");
            default:
                await Task.Yield();
                return eventBase.Path == "/echo" ? (object)eventBase.Body : eventBase.Path;
        }
    }
}
