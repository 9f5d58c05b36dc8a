using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Nuclio.Sdk;

/// <summary>Takes batches; the first event's path says how the answers are given.</summary>
public class Functions
{
    public object Handle(Context context, List<Event> events)
    {
        string path = events[0].Path;
        if (path == "/raise")
        {
            throw new InvalidOperationException("the whole batch");
        }
        List<Response> answers = events.Select((one, index) => Answer(events.Count, one, index)).ToList();
        switch (path)
        {
            case "/reverse":
                answers.Reverse();
                break;
            case "/short":
                answers.RemoveAt(0);
                break;
            case "/unnamed":
                answers[0].EventId = null;
                break;
            case "/strange":
                answers.Add(new Response { Body = "whose?", EventId = "nobody" });
                break;
            case "/array":
                return answers.ToArray();
            case "/text":
                return "no list";
        }
        return answers;
    }

    private static Response Answer(int size, Event one, int index) => new Response
    {
        Body = JsonSerializer.Serialize(new { size, index, body = one.GetBody() }),
        ContentType = "application/json",
        StatusCode = 201,
        EventId = one.Id,
    };
}
