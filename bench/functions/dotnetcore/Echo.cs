using Nuclio.Sdk;

/// <summary>Sends the body back.</summary>
public class Echo
{
    public object Handle(Context context, Event eventBase) => eventBase.Body;
}
