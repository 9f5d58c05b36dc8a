using System.Collections.Generic;
using Nuclio.Sdk;

/// <summary>Counts down, a line at a time: what an iterator yields is sent as it comes, so that an answer may be larger than memory.</summary>
public class Countdown
{
    public object Handle(Context context, Event eventBase)
    {
        int from = int.Parse((string)eventBase.Fields.GetValueOrDefault("from", "3"));
        return new Response { BodyStream = Lines(from), ContentType = "text/csv" };
    }

    private static IEnumerable<string> Lines(int from)
    {
        for (int number = from; number > 0; number--)
        {
            yield return $"{number},{number * number}\n";
        }
    }
}
