using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using Nuclio.Sdk;

/// <summary>
/// Holds events back and acks them later: <c>NAME:hold</c> waits for an event <c>NAME:flush</c>, or for the worker's drain. What it does
/// with each is a line in the ledger: <c>WHAT NAME SHARD OFFSET PID</c>.
/// </summary>
public class Acks
{
    private readonly Queue<KeyValuePair<string, QualifiedOffset>> held = new Queue<KeyValuePair<string, QualifiedOffset>>();

    public void InitContext(Context context) => context.Platform.SetDrainCallback(() => Flush(context));

    public object Handle(Context context, Event eventBase)
    {
        string[] words = eventBase.GetBody().Split(':');
        QualifiedOffset place = QualifiedOffset.FromEvent(eventBase);
        if (words[1] == "hold")
        {
            held.Enqueue(KeyValuePair.Create(words[0], place));
            Note("held", words[0], place);
            var response = new Response { Body = "" };
            response.EnsureNoAck();
            return response;
        }
        Flush(context);
        Note("did", words[0], place);
        return "";
    }

    private void Flush(Context context)
    {
        while (held.TryDequeue(out KeyValuePair<string, QualifiedOffset> next))
        {
            context.Platform.ExplicitAck(next.Value);
            Note("acked", next.Key, next.Value);
        }
    }

    private static void Note(string what, string name, QualifiedOffset place)
    {
        string line = $"{what} {name} {place.Partition} {place.Offset} {Process.GetCurrentProcess().Id}\n";
        using var ledger = new FileStream(
            Environment.GetEnvironmentVariable("LEDGER"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        ledger.Write(Encoding.UTF8.GetBytes(line));
    }
}
