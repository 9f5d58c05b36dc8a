using System;
using System.Collections.Generic;
using System.Globalization;

namespace Nuclio.Sdk
{
    /// <summary>
    /// Records of a function. Safe for many threads, but for the properties: they show the last record to those who listen to
    /// <see cref="LogEvent"/>, as in nuclio.
    /// </summary>
    public class Logger
    {
        /// <summary>After each record; the sender is the logger, whose properties are the record's.</summary>
        public event EventHandler LogEvent;

        /// <summary>Of the last record: error, warning, info or debug.</summary>
        public string Level { get; set; }

        /// <summary>Of the last record.</summary>
        public string Message { get; set; }

        /// <summary>Of the last record: seconds since 1970.</summary>
        public string DateTime { get; set; }

        /// <summary>Of the last record.</summary>
        public Dictionary<string, object> With { get; set; }

        /// <summary>Where a worker's records go.</summary>
        internal Action<string, string, Dictionary<string, object>> Sink { get; set; }

        /// <summary>Logs an error; the format is that of <see cref="string.Format(string, object[])"/>.</summary>
        public void Error(string format, params object[] args) => Log("error", Text(format, args), null);

        /// <summary>Logs a warning.</summary>
        public void Warning(string format, params object[] args) => Log("warning", Text(format, args), null);

        /// <summary>Logs for debugging.</summary>
        public void Debug(string format, params object[] args) => Log("debug", Text(format, args), null);

        /// <summary>Logs an information.</summary>
        public void Info(string format, params object[] args) => Log("info", Text(format, args), null);

        /// <summary>Logs an error with fields: name, value, name, value, …</summary>
        public void ErrorWith(string message, params object[] pairs) => Log("error", message, Fields(message, pairs));

        /// <summary>Logs a warning with fields.</summary>
        public void WarnWith(string message, params object[] pairs) => Log("warning", message, Fields(message, pairs));

        /// <summary>Logs for debugging, with fields.</summary>
        public void DebugWith(string message, params object[] pairs) => Log("debug", message, Fields(message, pairs));

        /// <summary>Logs an information with fields.</summary>
        public void InfoWith(string message, params object[] pairs) => Log("info", message, Fields(message, pairs));

        private void Log(string level, string message, Dictionary<string, object> with)
        {
            with ??= new Dictionary<string, object>();
            Sink?.Invoke(level, message ?? "", with);
            EventHandler listeners = LogEvent;
            Level = level;
            Message = message;
            With = with;
            if (listeners != null)
            {
                DateTime = (System.DateTime.UtcNow - System.DateTime.UnixEpoch).TotalSeconds.ToString(CultureInfo.InvariantCulture);
                listeners(this, EventArgs.Empty);
            }
        }

        /// <summary>A mistake in a log line must not cost its event: a format that its arguments don't fit is logged as it is.</summary>
        private static string Text(string format, object[] args)
        {
            if (format == null || args == null || args.Length == 0 && format.IndexOf('{') < 0 && format.IndexOf('}') < 0)
            {
                return format;
            }
            try
            {
                return string.Format(format, args);
            }
            catch (FormatException)
            {
                return format;
            }
        }

        private static Dictionary<string, object> Fields(string message, object[] pairs)
        {
            var fields = new Dictionary<string, object>();
            if (pairs == null)
            {
                return fields;
            }
            if (pairs.Length % 2 != 0)
            {
                Console.Error.WriteLine(
                    $"log line '{message}' has no fields: {pairs.Length} names and values don't make pairs");
                return fields;
            }
            for (int i = 0; i < pairs.Length; i += 2)
            {
                fields[pairs[i]?.ToString() ?? ""] = pairs[i + 1];
            }
            return fields;
        }
    }
}
