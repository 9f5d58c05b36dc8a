using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using Conformance.Beside;
using Nuclio.Sdk;

/// <summary>What surrounds an event: the init hook, the context, its logger.</summary>
public class Functions
{
    private readonly Dictionary<string, Action<Logger>> logs = new Dictionary<string, Action<Logger>>
    {
        ["/log-none"] = log => { },
        ["/log-four"] = Four,
        ["/log-fields"] = Fields,
        ["/log-odd"] = Odd,
        ["/log-format"] = Formats,
        ["/log-pairs"] = log => log.InfoWith("odd", "a name without a value"),
        ["/log-unicode"] = log => log.Info("schön \"🎉\"\n\ttab \\"),
        ["/log-control"] = log => log.Info("a\0b\u001bc\r\nX-Injected: d"),
        ["/log-large"] = log => log.Info(new string('x', 5000)),
        ["/log-many"] = log => Enumerable.Range(0, 100).ToList().ForEach(i => log.Info("record {0}", i)),
        ["/log-below"] = log => log.Info(new string('x', 3900)),
        ["/log-raise"] = log => throw new InvalidOperationException("nobody logs it"),
        ["/log-listened"] = Listened,
        ["/log-thread"] = log => Run(() => log.Info("from a thread")),
    };

    private int made;
    private int inits;
    private string userData;

    public Functions()
    {
        made++;
    }

    public void InitContext(Context context)
    {
        inits++;
        userData = JsonSerializer.Serialize(context.UserData);
        context.UserData["count"] = 0;
        context.Name = "named in the init hook";
        context.IsInitialized = true;
        context.Logger.InfoWith("in the init hook", "made", made);
    }

    public object Handle(Context context, Event eventBase)
    {
        if (logs.TryGetValue(eventBase.Path, out Action<Logger> log))
        {
            log(context.Logger);
            return "logged";
        }
        switch (eventBase.Path)
        {
            case "/count":
                context.UserData["count"] = (int)context.UserData["count"] + 1;
                return context.UserData["count"].ToString();
            case "/replace":
                context.UserData = new Dictionary<string, object> { ["replaced"] = eventBase.GetBody() };
                return "replaced";
            case "/replaced":
                return $"{context.UserData["replaced"]}, {context.Name}";
            case "/print":
                Console.WriteLine("printed, not logged");
                return "printed";
            case "/beside":
                return Neighbour.Words;
            default:
                return new Response { Body = Members(context, eventBase), ContentType = "application/json" };
        }
    }

    private string Members(Context context, Event e) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["made"] = made,
        ["inits"] = inits,
        ["userData"] = userData,
        ["name"] = context.Name,
        ["isInitialized"] = context.IsInitialized,
        ["workerId"] = context.WorkerId,
        ["trigger"] = new Dictionary<string, object>
        {
            ["kind"] = context.Trigger.Kind,
            ["name"] = context.Trigger.Name,
            ["class"] = context.Trigger.Class,
        },
        ["platform"] = new Dictionary<string, object> { ["kind"] = context.Platform.Kind, ["namespace"] = context.Platform.Namespace },
        ["folder"] = System.IO.File.Exists("Functions.cs"),
        ["token"] = Environment.GetEnvironmentVariable("NUCLEON_TOKEN"),
        ["environment"] = (e.Fields.TryGetValue("environment", out object names) ? (string)names : "NONE").Split(',')
            .ToDictionary(name => name, Environment.GetEnvironmentVariable),
    });

    private static void Four(Logger log)
    {
        log.Debug("one");
        log.Info("two");
        log.Warning("three");
        log.Error("four");
    }

    private static void Fields(Logger log)
    {
        log.DebugWith("d", "a", 1);
        log.InfoWith(
            "i", "text", "b", "yes", true, "none", null, "list", new[] { 1, 2 }, "map", new Dictionary<string, object> { ["k"] = "v" });
        log.WarnWith("w", "number", 2.5);
        log.ErrorWith("e", "worker_id", "mine");
    }

    private static void Odd(Logger log)
    {
        var cycle = new List<object>();
        cycle.Add(cycle);
        log.InfoWith("values", "nan", double.NaN, "up", float.PositiveInfinity, "big", ulong.MaxValue, "money", 1.50m, "one", 'c');
        log.InfoWith("objects", "error", new ArgumentException("an error"), "day", new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        log.InfoWith("a cycle", "cycle", cycle);
    }

    private static void Formats(Logger log)
    {
        log.Info("{0} has {1}", "it", 3);
        log.Info("{ no format }");
        log.Info("{0} and {1}", "too few");
        log.InfoWith("{0} is no format", "z", 1);
        log.Info(null);
    }

    private static void Listened(Logger log)
    {
        string heard = "";
        EventHandler listener = (sender, e) => heard = $"{((Logger)sender).Level} {((Logger)sender).Message}";
        log.LogEvent += listener;
        log.Warning("said");
        log.LogEvent -= listener;
        log.Info(heard);
    }

    private static void Run(ThreadStart code)
    {
        var thread = new Thread(code);
        thread.Start();
        thread.Join();
    }
}
