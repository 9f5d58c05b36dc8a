using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Nuclio.Sdk;

/// <summary>
/// Takes up to three events in one call and answers each of them. With <c>batch</c> in function.yaml a handler whose second parameter is a
/// list gets all of them; each response names its event by <c>EventId</c>.
/// </summary>
public class Batch
{
    public object Handle(Context context, List<Event> events)
    {
        List<int> numbers = events.Select(one => int.Parse(one.GetBody())).ToList();
        context.Logger.InfoWith("a batch", "size", events.Count);
        return events.Zip(numbers, (one, number) => new Response
        {
            Body = JsonSerializer.Serialize(new { number, of = events.Count, sum = numbers.Sum() }),
            ContentType = "application/json",
            EventId = one.Id,
        });
    }
}
