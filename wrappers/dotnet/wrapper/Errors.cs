using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace Nucleon.Wrapper
{
    /// <summary>The worker can't go on: becomes a FAULT frame and exit status 1.</summary>
    internal class FaultException : Exception
    {
        internal FaultException(string code, string title, string why, string fix)
            : base($"{code} {title}: {why}; fix: {fix}")
        {
            Code = code;
            Title = title;
            Why = why;
            Fix = fix;
        }

        internal string Code { get; }

        internal string Title { get; }

        internal string Why { get; }

        internal string Fix { get; }

        internal string File { get; set; } = "";

        internal int Line { get; set; }

        internal int Column { get; set; }

        internal string SourceLine { get; set; } = "";

        internal string Detail { get; set; } = "";

        /// <summary>The body of a FAULT frame.</summary>
        internal byte[] ToJson()
        {
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream))
            {
                json.WriteStartObject();
                json.WriteString("code", Code);
                json.WriteString("title", Title);
                json.WriteString("why", Why);
                json.WriteString("fix", Fix);
                json.WriteString("file", File);
                json.WriteNumber("line", Line);
                json.WriteNumber("column", Column);
                json.WriteString("source", SourceLine);
                json.WriteString("detail", Detail);
                json.WriteEndObject();
            }
            return stream.ToArray();
        }
    }

    /// <summary>The processor is gone: leave at once, there is nobody to tell.</summary>
    internal sealed class EndOfConnectionException : Exception
    {
    }

    /// <summary>The handler's answer can't be sent; the message is what the caller reads.</summary>
    internal sealed class UnanswerableException : Exception
    {
        internal UnanswerableException(string why)
            : base(why)
        {
        }
    }

    /// <summary>What ends a worker, as the processor shows it to the user. Stateless.</summary>
    internal static class Errors
    {
        internal const string ProtocolVersion = "NUC-2002";
        internal const string ProtocolViolation = "NUC-2010";
        internal const string DotnetMissing = "NUC-4002";
        internal const string HandlerNotFound = "NUC-4020";
        internal const string HandlerMissing = "NUC-4021";
        internal const string SourceInvalid = "NUC-4022";
        internal const string ImportFailed = "NUC-4023";
        internal const string InitFailed = "NUC-4024";
        internal const string Internal = "NUC-9001";

        private const string OneVersion = "use processor and wrapper of one Nucleon version; if they are, report it";

        internal static FaultException Violation(string why) =>
            new FaultException(ProtocolViolation, "the processor broke the protocol", why, OneVersion);

        internal static FaultException OtherProtocol(long major) =>
            new FaultException(
                ProtocolVersion,
                $"the processor speaks protocol {major}, the .NET wrapper {Layout.Major}",
                "they are of different Nucleon versions",
                OneVersion);

        /// <summary>The wrapper's own failure.</summary>
        internal static FaultException OfWrapper(Exception failure) =>
            new FaultException(
                Internal,
                $"the .NET wrapper failed: {failure.GetType().Name}: {Traces.Message(failure)}",
                "a mistake in the wrapper, not in the function",
                "report it with the trace")
            {
                Detail = failure.ToString(),
            };

        /// <summary>The candidate that a name was probably meant to be, at most max(2, a third of it) edits away; null for none.</summary>
        internal static string? Nearest(string name, IEnumerable<string> candidates)
        {
            string? best = null;
            int limit = Math.Max(2, name.Length / 3) + 1;
            foreach (string candidate in candidates)
            {
                int distance = Distance(name, candidate);
                if (distance < limit)
                {
                    limit = distance;
                    best = candidate;
                }
            }
            return best;
        }

        /// <summary>Edits and swaps of neighbours between two names.</summary>
        internal static int Distance(string left, string right)
        {
            var older = new int[right.Length + 1];
            var before = new int[right.Length + 1];
            var row = new int[right.Length + 1];
            for (int j = 0; j <= right.Length; j++)
            {
                row[j] = j;
            }
            for (int i = 1; i <= left.Length; i++)
            {
                (older, before, row) = (before, row, older);
                row[0] = i;
                for (int j = 1; j <= right.Length; j++)
                {
                    int change = left[i - 1] == right[j - 1] ? 0 : 1;
                    int cost = Math.Min(Math.Min(before[j] + 1, row[j - 1] + 1), before[j - 1] + change);
                    if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    {
                        cost = Math.Min(cost, older[j - 2] + 1);
                    }
                    row[j] = cost;
                }
            }
            return row[right.Length];
        }
    }
}
