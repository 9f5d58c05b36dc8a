using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Nuclio.Sdk;

/// <summary>Answers with files.</summary>
public class Functions
{
    private static readonly string Folder = Path.Combine(Directory.GetCurrentDirectory(), "data");

    public void InitContext(Context context)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "small"), "a small file");
        File.WriteAllText(Path.Combine(Folder, "once"), "sent once");
        File.WriteAllText(Path.Combine(Folder, "empty"), "");
        File.WriteAllBytes(Path.Combine(Folder, "large"), Enumerable.Range(0, 1 << 20).Select(i => (byte)(i % 251 + i / 65536)).ToArray());
    }

    public object Handle(Context context, Event eventBase)
    {
        string Field(string name, string otherwise) =>
            eventBase.Fields.TryGetValue(name, out object value) ? (string)value : otherwise;

        string name = eventBase.Path.Trim('/');
        string path = Field("at", name == "folder" ? Folder : Path.Combine(Folder, name));
        if (Field("exists", null) != null)
        {
            return File.Exists(path).ToString();
        }
        var headers = new Dictionary<string, object> { [Field("spelling", "X-nuclio-filestream-path")] = path, ["X-Beside"] = "kept" };
        if (Field("delete", null) != null)
        {
            headers["X-nuclio-filestream-delete-after-send"] = "true";
        }
        if (Field("echo", null) != null)
        {
            return new Response { Body = "echoed", Headers = eventBase.Headers };
        }
        return Field("status", null) is string status
            ? new Response { Headers = headers, StatusCode = int.Parse(status), ContentType = "text/csv" }
            : new Response { Body = "not this", Headers = headers };
    }
}
