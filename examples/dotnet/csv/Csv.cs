using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using Nuclio.Sdk;

/// <summary>
/// CSV in, a JSON list of objects out, which is sent as it is made. The first row has the names; fields may be quoted and then hold commas,
/// quotes and ends of lines.
/// </summary>
public class Csv
{
    public object Handle(Context context, Event eventBase)
    {
        IEnumerator<List<string>> rows = Rows(new StringReader(eventBase.GetBody())).GetEnumerator();
        List<string> names = rows.MoveNext() ? rows.Current : new List<string>();
        return new Response { BodyStream = Json(names, rows), ContentType = "application/json" };
    }

    private static IEnumerable<string> Json(List<string> names, IEnumerator<List<string>> rows)
    {
        yield return "[";
        for (string before = ""; rows.MoveNext(); before = ",")
        {
            var row = new Dictionary<string, string>();
            for (int i = 0; i < names.Count; i++)
            {
                row[names[i]] = i < rows.Current.Count ? rows.Current[i] : "";
            }
            yield return before + JsonSerializer.Serialize(row);
        }
        yield return "]";
    }

    private static IEnumerable<List<string>> Rows(TextReader text)
    {
        int place = 0;
        while (text.Peek() >= 0)
        {
            var row = new List<string>();
            do
            {
                row.Add(Field(text, ref place));
            }
            while (Takes(text, ',', ref place));
            Takes(text, '\r', ref place);
            if (!Takes(text, '\n', ref place) && text.Peek() >= 0)
            {
                throw new FormatException($"a quote is out of place at character {place}");
            }
            yield return row;
        }
    }

    /// <summary>Up to the comma, the end of the line, or a quote that should not be there.</summary>
    private static string Field(TextReader text, ref int place)
    {
        var field = new StringBuilder();
        if (!Takes(text, '"', ref place))
        {
            while (text.Peek() >= 0 && !",\"\r\n".Contains((char)text.Peek()))
            {
                field.Append((char)Next(text, ref place));
            }
            return field.ToString();
        }
        while (text.Peek() >= 0)
        {
            int next = Next(text, ref place);
            if (next == '"' && !Takes(text, '"', ref place))
            {
                return field.ToString();
            }
            field.Append((char)next);
        }
        throw new FormatException("a quote is never closed");
    }

    private static bool Takes(TextReader text, char expected, ref int place)
    {
        bool there = text.Peek() == expected;
        if (there)
        {
            Next(text, ref place);
        }
        return there;
    }

    private static int Next(TextReader text, ref int place)
    {
        place++;
        return text.Read();
    }
}
