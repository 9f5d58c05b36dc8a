using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nuclio.Sdk;

namespace Nucleon.Wrapper.Tests
{
    internal sealed class LoaderTests : IDisposable
    {
        private const string Using = "using Nuclio.Sdk; using System; ";
        private readonly string folder = Directory.CreateDirectory(
            Path.Combine(Path.GetTempPath(), "nucleon-" + Guid.NewGuid().ToString("N"))).FullName;

        public void Dispose() => Directory.Delete(folder, true);

        public void AHandlerInASource()
        {
            Write("A.cs", Using + "namespace N { public class A { int n; public object M(Context c, Event e) => \"m\" + ++n; } }");
            Handler handler = Load("N.A:M").Handler;

            Expect.Equal(handler.Call(new Context(), Event()), "m1");
            Expect.Equal(handler.Call(new Context(), Event()), "m2", "one object for the worker's life:");
            Expect.Equal((handler.IsAsync, handler.MayBeAsync, handler.TakesBatch), (false, true, false));
        }

        public void TheSameSourceIsCompiledOnce()
        {
            Write("A.cs", Using + "public class A { public object M(Context c, Event e) => 1; }");
            string first = Compiler().Assemblies(folder).Single();
            DateTime made = File.GetLastWriteTimeUtc(first);

            Expect.Equal(Compiler().Assemblies(folder).Single(), first);
            Expect.Equal(File.GetLastWriteTimeUtc(first), made);

            Write("A.cs", Using + "public class A { public object M(Context c, Event e) => 2; }");
            Expect.True(Compiler().Assemblies(folder).Single() != first, "another assembly for another source");
        }

        public void ManyAtOnceCompileOnce()
        {
            Write("A.cs", Using + "public class A { public object M(Context c, Event e) => 3; }");
            var found = new string[6];
            Thread[] threads = Enumerable.Range(0, found.Length)
                .Select(i => new Thread(() => found[i] = Compiler().Assemblies(folder).Single()))
                .ToArray();
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());

            Expect.Equal(found.Distinct().Count(), 1);
            Expect.True(File.Exists(found[0]), found[0]);
        }

        public void SignaturesOfEveryKind()
        {
            Write("A.cs", Using + @"using System.Collections.Generic; using System.Threading; using System.Threading.Tasks;
                public class A {
                    public static string Static(Context c, Event e) => ""static"";
                    public int Number(Context c, Event e) => 5;
                    public void Nothing(Context c, Event e) { }
                    public async Task<string> Later(Context c, Event e) { await Task.Yield(); return ""later""; }
                    public async ValueTask<int> Value(Context c, Event e) { await Task.Yield(); return 7; }
                    public object Token(Context c, Event e, CancellationToken t) => t.CanBeCanceled;
                    public object Batch(Context c, List<Event> e) => e.Count;
                    public object Array(Context c, Event[] e, CancellationToken t) => e.Length;
                    public object Same(Context c, string e) => 1;
                    public object Same(Context c, Event e) => 2;
                }");
            object? Call(string name) => Load("A:" + name).Handler.Call(new Context(), Event());

            Expect.Equal(Call("Static"), "static");
            Expect.Equal(Call("Number"), 5);
            Expect.Equal(Call("Nothing"), null);
            Expect.Equal(Awaiting.ResultOf(Awaiting.TaskOf(Call("Later"))!), "later");
            Expect.Equal(Awaiting.ResultOf(Awaiting.TaskOf(Call("Value"))!), 7);
            Expect.Equal(Call("Token"), true);
            Expect.Equal(Call("Batch"), 1);
            Expect.Equal(Call("Array"), 1);
            Expect.Equal(Call("Same"), 2);
            Expect.True(Load("A:Later").Handler.IsAsync && Load("A:Value").Handler.IsAsync, "tasks are asynchronous");
            Expect.True(Load("A:Batch").Handler.TakesBatch && !Load("A:Number").Handler.MayBeAsync, "lists are batches");
        }

        public void ATypeThatCanNotBeMadeIsCalledOnNull()
        {
            Write("A.cs", Using + "public class A { A(int x) { } public object M(Context c, Event e) => this == null; }");

            Expect.Equal(Load("A:M").Handler.Call(new Context(), Event()), true);
        }

        public void TheInitHookRunsOnTheHandlersObject()
        {
            Write("A.cs", Using + "public class A { string s; public void InitContext(Context c) { s = c.Name; } "
                + "public object M(Context c, Event e) => s; }");
            Loader loaded = Load("A:M");
            loaded.Init(new Context { Name = "from init" });

            Expect.Equal(loaded.Handler.Call(new Context(), Event()), "from init");
        }

        public void AnInitHookThatThrowsIsAFault()
        {
            Write("A.cs", Using + "public class A {\n public void InitContext(Context c)\n {\n  throw new Exception(\"no database\");\n }\n "
                + "public object M(Context c, Event e) => 1; }");
            FaultException fault = Expect.Throws<FaultException>(() => Load("A:M").Init(new Context()));

            Expect.Equal((fault.Code, fault.Line, fault.File), ("NUC-4024", 4, Path.Combine(folder, "A.cs")));
            Expect.True(fault.Title.Contains("no database"), fault.Title);
        }

        public void WhatDoesNotCompileHasAPlace()
        {
            Write("A.cs", Using + "\npublic class A\n{\n    public object M(Context c, Event e) { retrun 1; }\n}\n");
            FaultException fault = Expect.Throws<FaultException>(() => Load("A:M"));

            Expect.Equal((fault.Code, fault.File, fault.Line), ("NUC-4022", Path.Combine(folder, "A.cs"), 4));
            Expect.True(fault.Column > 30 && fault.Title.StartsWith($"A.cs:4:{fault.Column} ", StringComparison.Ordinal), fault.Title);
            Expect.True(fault.SourceLine.Contains("retrun"), fault.SourceLine);
            Expect.Throws<FaultException>(() => Load("A:M"), "a second time:");
        }

        public void WhatIsNotThereIsSuggested()
        {
            Write("A.cs", Using + "namespace N { public class Bill { public object Handle(Context c, Event e) => 1; } }");

            Says("NUC-4021", "did you mean 'N.Bill'?", "N.Bil:Handle");
            Says("NUC-4021", "did you mean 'Handle'?", "N.Bill:Handel");
            Says("NUC-4021", "public object Absent(Context", "N.Bill:Absent");
            Says("NUC-4021", "Namespace.Type:Method", "N.Bill");
            Says("NUC-4021", "Namespace.Type:Method", ":x");
        }

        public void FoldersWithoutCode()
        {
            Says("NUC-4020", ".cs", "A:M");
            FaultException fault = Expect.Throws<FaultException>(() => Loader.Load("A:M", folder + "/none", Compiler()));
            Expect.Equal(fault.Code, "NUC-4020");
        }

        public void AnAssemblyInLib()
        {
            WriteProject("words");
            Write("Words.cs", "public class Words { public static string One() => \"from the library\"; }");
            string library = Compiler().Assemblies(folder).Single();
            Expect.Equal(Path.GetFileName(library), "words.dll");
            Directory.CreateDirectory(Path.Combine(folder, "lib"));
            File.Copy(library, Path.Combine(folder, "lib", "words.dll"));
            File.Delete(Path.Combine(folder, "words.csproj"));
            File.Delete(Path.Combine(folder, "Words.cs"));
            Write("A.cs", Using + "public class A { public object M(Context c, Event e) => Words.One(); }");

            Expect.Equal(Load("A:M").Handler.Call(new Context(), Event()), "from the library");
        }

        public void ABuiltAssembly()
        {
            Write("A.cs", Using + "public class A { public object M(Context c, Event e) => \"built\"; }");
            string built = Compiler().Assemblies(folder).Single();
            File.Delete(Path.Combine(folder, "A.cs"));
            File.Copy(built, Path.Combine(folder, "handler.dll"));
            File.WriteAllText(Path.Combine(folder, "another.dll"), "no assembly at all");

            Expect.Equal(Load("A:M").Handler.Call(new Context(), Event()), "built");
        }

        public void AProject()
        {
            WriteProject("app");
            Write("A.cs", Using + "public class A { public object M(Context c, Event e) => \"project\"; }");

            Expect.Equal(Load("A:M").Handler.Call(new Context(), Event()), "project");
            Expect.True(!Directory.Exists(Path.Combine(folder, "obj")) && !Directory.Exists(Path.Combine(folder, "bin")), "nothing left");

            Write("A.cs", "broken");
            FaultException fault = Expect.Throws<FaultException>(() => Load("A:M"));
            Expect.Equal((fault.Code, Path.GetFileName(fault.File), fault.Line), ("NUC-4022", "A.cs", 1));
        }

        public void NewtonsoftJsonIsThere()
        {
            Write("A.cs", Using + "public class A { public object M(Context c, Event e) => Newtonsoft.Json.JsonConvert.SerializeObject(new[] { 1 }); }");

            Expect.Equal(Load("A:M").Handler.Call(new Context(), Event()), "[1]");
        }

        public void MessagesOfTheBuildWithoutAPlace()
        {
            FaultException fault = Wrapper.Compiler.Describe(
                "  Restore\n/f/app.csproj : error NU1101: Unable to find package X. No packages exist [/f/app.csproj]\n", "/f");

            Expect.Equal((fault.Code, fault.Line), ("NUC-4022", 0));
            Expect.True(fault.Title.Contains("Unable to find package X") && fault.Title.Contains("NU1101"), fault.Title);
            Expect.True(Wrapper.Compiler.Describe("Killed", "/f").Detail == "Killed", "what it said");
        }

        public void NearestNames()
        {
            Expect.Equal(Errors.Nearest("hanlder", new[] { "run", "handler" }), "handler");
            Expect.Equal(Errors.Nearest("x", new[] { "completely", "different" }), null);
            Expect.Equal(Errors.Distance("ab", "ba"), 1);
        }

        private static Compiler Compiler() => new Compiler(
            Environment.GetEnvironmentVariable("NUCLEON_COMPILE")!, Environment.GetEnvironmentVariable("NUCLEON_DOTNET")!);

        private Loader Load(string name) => Loader.Load(name, folder, Compiler());

        private void Says(string code, string words, string name)
        {
            FaultException fault = Expect.Throws<FaultException>(() => Load(name), name);
            Expect.Equal(fault.Code, code);
            Expect.True((fault.Fix + fault.Why + fault.Title).Contains(words), $"'{words}' in {fault.Message}");
        }

        private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);

        /// <summary>A project as functions of nuclio have it, which names nuclio's SDK in a place where it is not.</summary>
        private void WriteProject(string name)
        {
            string tfm = Environment.GetEnvironmentVariable("NUCLEON_TFM")!;
            Write(name + ".csproj", $"<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>{tfm}</TargetFramework>"
                + "</PropertyGroup><ItemGroup><ProjectReference Include=\"../nuclio-sdk-dotnetcore/nuclio-sdk-dotnetcore.csproj\" />"
                + "</ItemGroup></Project>");
            Write("nuget.config", "<configuration><packageSources><clear/></packageSources></configuration>");
        }

        private static unsafe FrameEvent Event()
        {
            var header = new byte[Layout.Header];
            header[0] = Layout.Header;
            fixed (byte* at = header)
            {
                return new FrameEvent(new Frame(at, at), new Tables(Memory.Hello("unix")), mayLend: false);
            }
        }
    }
}
