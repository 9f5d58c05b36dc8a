using System;
using System.Diagnostics;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace Nucleon.Wrapper
{
    /// <summary>What went wrong in the user's code, and where. Only slow paths; stateless.</summary>
    internal static class Traces
    {
        private const int MaxPart = 1000;

        /// <summary>An exception's message, which the user's class may break.</summary>
        internal static string Message(Exception failure)
        {
            try
            {
                return failure.Message ?? "";
            }
            catch (Exception)
            {
                return $"<{failure.GetType().Name} whose Message throws>";
            }
        }

        /// <summary>What of a failure is to be shown: reflection and tasks wrap it.</summary>
        internal static Exception Unwrap(Exception failure)
        {
            while (failure.InnerException != null
                && (failure is System.Reflection.TargetInvocationException
                    || failure is TypeInitializationException
                    || failure is AggregateException many && many.InnerExceptions.Count == 1))
            {
                failure = failure.InnerException;
            }
            return failure;
        }

        /// <summary>Its text, which the user's class may break.</summary>
        internal static string Text(Exception failure)
        {
            try
            {
                return failure.ToString();
            }
            catch (Exception)
            {
                return failure.GetType().FullName + failure.StackTrace;
            }
        }

        /// <summary><c>extra</c> of a failed answer.</summary>
        internal static byte[] Describe(Exception failure)
        {
            (string file, int line) = Place(failure);
            return Pairs.Write(
                ("error", Cut(failure.GetType().Name)),
                ("at", Cut(file.Length > 0 ? $"{file}:{line}" : "")),
                ("message", Cut(Message(failure))));
        }

        /// <summary>The innermost line of the user's code, as far as its debugging information tells.</summary>
        internal static (string File, int Line) Place(Exception failure)
        {
            foreach (StackFrame? frame in new StackTrace(failure, true).GetFrames())
            {
                string? file = frame?.GetFileName();
                Assembly? assembly = frame?.GetMethod()?.DeclaringType?.Assembly;
                if (!string.IsNullOrEmpty(file) && assembly != null && assembly != typeof(Traces).Assembly)
                {
                    return (Rooted(file!, assembly), frame!.GetFileLineNumber());
                }
            }
            return ("", 0);
        }

        /// <summary>What compile.sh compiled names its files from the function's folder.</summary>
        private static string Rooted(string file, Assembly assembly) =>
            !Path.IsPathRooted(file) && AssemblyLoadContext.GetLoadContext(assembly) is FunctionLoadContext context
                ? Path.GetFullPath(file, Path.GetFullPath(context.Directory))
                : file;

        private static string Cut(string part) => part.Length <= MaxPart ? part : part.Substring(0, MaxPart);
    }
}
