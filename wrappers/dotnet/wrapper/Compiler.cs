using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Nucleon.Wrapper
{
    /// <summary>
    /// Gives the assemblies in which a function's handler may be: compiled from its project or sources by compile.sh, which also keeps
    /// them, or those that lie in its folder. Immutable.
    /// </summary>
    internal sealed class Compiler
    {
        internal const string SdkName = "nuclio-sdk-dotnetcore";

        // Where nuclio's builder puts a function.
        private const string UsualName = "handler.dll";
        private const int NoSdk = 3;
        private const int MostLines = 20;
        private const int DeepestFolder = 16;

        // file(line,column): error CS1002: text [project], with the place or without.
        private static readonly Regex Message = new Regex(
            @"^\s*(?:(?<file>[^\n]*?)(?:\((?<line>\d+)(?:,(?<column>\d+))?[\d,]*\))?\s?: )?error (?<code>[A-Z]+\d*): (?<text>.*?)(?: \[[^\]]*proj\])?$",
            RegexOptions.Compiled);

        private readonly string script;
        private readonly string dotnet;

        /// <param name="script">compile.sh.</param>
        /// <param name="dotnet">The command whose SDK compiles.</param>
        internal Compiler(string script, string dotnet)
        {
            this.script = script;
            this.dotnet = dotnet;
        }

        /// <summary>Paths of assemblies, the likeliest first. A <see cref="FaultException"/> if there is none.</summary>
        internal IReadOnlyList<string> Assemblies(string directory)
        {
            if (!Directory.Exists(directory))
            {
                throw NothingIn(directory, "there is no such folder");
            }
            if (HasSources(directory, DeepestFolder))
            {
                return new[] { Compile(directory) };
            }
            List<string> found = Directory.GetFiles(directory, "*.dll")
                .Where(file => Path.GetFileNameWithoutExtension(file) != SdkName)
                .OrderBy(file => Path.GetFileName(file) != UsualName)
                .ThenBy(file => !File.Exists(Path.ChangeExtension(file, ".deps.json")))
                .ThenBy(file => file, StringComparer.Ordinal)
                .ToList();
            return found.Count > 0 ? found : throw NothingIn(directory, "it holds no .cs, .csproj or .dll file");
        }

        /// <summary>The first error in a compiler's messages.</summary>
        internal static FaultException Describe(string messages, string directory)
        {
            string[] lines = messages.Split('\n');
            Match match = lines.Select(line => Message.Match(line)).FirstOrDefault(one => one.Success) ?? Match.Empty;
            // The compiler names what lies below the current folder from there.
            string file = Path.Combine(directory, match.Groups["file"].Value);
            int.TryParse(match.Groups["line"].Value, out int line);
            int.TryParse(match.Groups["column"].Value, out int column);
            string place = line > 0 ? $"{Path.GetFileName(file)}:{line}:{column} " : "";
            string what = match.Success ? $"{match.Groups["text"].Value} ({match.Groups["code"].Value})" : "the compiler failed";
            bool restore = match.Groups["code"].Value.StartsWith("NU", StringComparison.Ordinal);
            return new FaultException(
                Errors.SourceInvalid,
                line > 0 ? $"{place}{what}" : $"compiling {directory} failed: {what}",
                "the C# compiler can't compile it",
                restore ? "make the package's source reachable, or put the assembly beside the source" : "fix the line and save")
            {
                File = line > 0 ? file : "",
                Line = line,
                Column = column,
                SourceLine = LineOf(file, line),
                Detail = string.Join("\n", lines.Take(MostLines)).TrimEnd(),
            };
        }

        private string Compile(string directory)
        {
            var start = new ProcessStartInfo("sh") { RedirectStandardOutput = true, UseShellExecute = false };
            foreach (string argument in new[] { script, "function", dotnet, Path.GetFullPath(directory), Home() })
            {
                start.ArgumentList.Add(argument);
            }
            using Process process = Process.Start(start);
            string messages = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode switch
            {
                0 => messages.TrimEnd('\n').Split('\n').Last(),
                NoSdk => throw new FaultException(
                    Errors.DotnetMissing,
                    "no .NET SDK found",
                    $"{directory} holds C# source, and {dotnet} is a runtime that can't compile it",
                    "install a .NET SDK, or give the function as a built assembly"),
                _ => throw Describe(messages, directory),
            };
        }

        /// <summary>Where the wrapper's own assemblies are.</summary>
        private static string Home() => Path.GetDirectoryName(typeof(Compiler).Assembly.Location) ?? "";

        private static bool HasSources(string directory, int depth) =>
            Directory.EnumerateFiles(directory).Any(IsSource)
            || depth > 0 && Directory.EnumerateDirectories(directory)
                .Any(folder => !IsSkipped(Path.GetFileName(folder)) && HasSources(folder, depth - 1));

        private static bool IsSource(string file) =>
            file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".csproj", StringComparison.Ordinal);

        private static bool IsSkipped(string folder) => folder.StartsWith('.') || folder == "bin" || folder == "obj";

        private static string LineOf(string file, int line)
        {
            try
            {
                return line > 0 ? File.ReadLines(file).ElementAtOrDefault(line - 1) ?? "" : "";
            }
            catch (Exception e) when (e is IOException || e is UnauthorizedAccessException || e is ArgumentException)
            {
                return "";
            }
        }

        private static FaultException NothingIn(string directory, string why) =>
            new FaultException(
                Errors.HandlerNotFound,
                $"no handler found in {directory}",
                why,
                "name the folder of a .cs file, a .csproj or a built assembly");
    }
}
