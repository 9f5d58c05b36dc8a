using Nuclio.Sdk;

/// <summary>Runs by the schedule in function.yaml.</summary>
public class Function
{
    public object Handle(Context context, Event eventBase)
    {
        context.Logger.InfoWith("running", "scheduled", eventBase.Timestamp);
        return "done";
    }
}
