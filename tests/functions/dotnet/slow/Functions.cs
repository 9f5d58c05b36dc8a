using System.Diagnostics;
using System.Threading;
using Nuclio.Sdk;

/// <summary>Handlers that are over their time.</summary>
public class Functions
{
    public static string Handle(Context context, Event eventBase)
    {
        switch (eventBase.Path)
        {
            case "/hang":
                Thread.Sleep(Timeout.Infinite);
                return "never";
            case "/spin":
                while (true)
                {
                }
            case "/pid":
                return Process.GetCurrentProcess().Id.ToString();
            default:
                return eventBase.Path;
        }
    }
}
