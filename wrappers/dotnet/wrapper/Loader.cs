using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Nuclio.Sdk;

namespace Nucleon.Wrapper
{
    /// <summary>The user's type: found, loaded, its handler and init hook taken. Every way this fails has its own words.</summary>
    internal sealed class Loader
    {
        private const string InitName = "InitContext";
        private const int MostNames = 8;
        private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

        private readonly MethodInfo? init;
        private readonly object? target;

        private Loader(Handler handler, MethodInfo? init, object? target)
        {
            Handler = handler;
            this.init = init;
            this.target = target;
        }

        internal Handler Handler { get; }

        /// <summary>Loads <c>Namespace.Type:Method</c> of a function's folder. A <see cref="FaultException"/> if it can't be had.</summary>
        internal static Loader Load(string name, string directory, Compiler compiler)
        {
            int colon = name.LastIndexOf(':');
            if (colon <= 0 || colon == name.Length - 1)
            {
                throw new FaultException(
                    Errors.HandlerMissing,
                    $"handler '{name}' is not of the form Namespace.Type:Method",
                    "spec.handler names a class and a public method in it",
                    "set spec.handler: MyNamespace.MyType:MyMethod");
            }
            Type type = FindType(name.Substring(0, colon), directory, compiler);
            MethodInfo method = FindMethod(type, name.Substring(colon + 1));
            MethodInfo? init = type.GetMethods(Public).FirstOrDefault(IsInit);
            bool needed = !method.IsStatic || init != null && !init.IsStatic;
            object? target = needed ? Make(type) : null;
            var handler = new Handler(method, method.IsStatic ? null : target);
            if (handler.LacksObject || target == null && init != null && !init.IsStatic)
            {
                throw new FaultException(
                    Errors.HandlerMissing,
                    $"{type.FullName} can't be made",
                    $"it has no public constructor without parameters, which '{method.Name}' and {InitName} need an object of",
                    $"add 'public {type.Name}() {{ }}', or make the methods static");
            }
            return new Loader(handler, init, target);
        }

        /// <summary>Runs the init hook, if there is one, to its end.</summary>
        internal void Init(Context context)
        {
            if (init == null)
            {
                return;
            }
            try
            {
                object? result = init.Invoke(
                    init.IsStatic ? null : target, BindingFlags.DoNotWrapExceptions, null, new object[] { context }, null);
                Task? task = Awaiting.TaskOf(result);
                task?.GetAwaiter().GetResult();
            }
            catch (Exception failure)
            {
                context.Logger.ErrorWith(
                    "Exception raised while running InitContext",
                    "err", Traces.Message(failure), "traceback", failure.StackTrace ?? "");
                throw Failed(InitName, Errors.InitFailed, "fix InitContext, or what it needs (environment, network, files)", failure);
            }
        }

        private static bool IsInit(MethodInfo method) =>
            method.Name == InitName
            && method.GetParameters().Length == 1
            && method.GetParameters()[0].ParameterType == typeof(Context)
            && !method.ContainsGenericParameters;

        private static Type FindType(string name, string directory, Compiler compiler)
        {
            var seen = new List<string>();
            foreach (string path in compiler.Assemblies(directory))
            {
                Assembly assembly = LoadAssembly(path, directory);
                Type? type = assembly.GetType(name);
                if (type != null)
                {
                    return type;
                }
                seen.AddRange(TypesOf(assembly).Where(one => one.GetMethods(Public).Any(FitsSafely)).Select(one => one.FullName ?? ""));
            }
            string? guess = Errors.Nearest(name, seen);
            throw new FaultException(
                Errors.HandlerMissing,
                $"the function has no class '{name}'",
                $"spec.handler names it; classes with handlers: {Listed(seen)}",
                guess != null ? $"did you mean '{guess}'?" : "name one of these in spec.handler as Namespace.Type:Method");
        }

        private static Assembly LoadAssembly(string path, string directory)
        {
            try
            {
                return new FunctionLoadContext(path, directory).LoadFromAssemblyPath(Path.GetFullPath(path));
            }
            catch (Exception failure) when (failure is BadImageFormatException || failure is IOException)
            {
                throw new FaultException(
                    Errors.ImportFailed,
                    $"loading {Path.GetFileName(path)} failed",
                    Traces.Message(failure),
                    $"build it for .NET {Environment.Version} or older");
            }
        }

        /// <summary>The types that can be loaded: one with a missing reference must not hide the others.</summary>
        private static IEnumerable<Type> TypesOf(Assembly assembly)
        {
            try
            {
                return assembly.GetExportedTypes();
            }
            catch (Exception e) when (e is ReflectionTypeLoadException || e is IOException || e is TypeLoadException)
            {
                return (e as ReflectionTypeLoadException)?.Types.Where(type => type != null) ?? Type.EmptyTypes;
            }
        }

        private static bool FitsSafely(MethodInfo method)
        {
            try
            {
                return Handler.Fits(method);
            }
            catch (Exception e) when (e is IOException || e is TypeLoadException)
            {
                return false;
            }
        }

        private static MethodInfo FindMethod(Type type, string name)
        {
            MethodInfo[] all;
            try
            {
                all = type.GetMethods(Public);
                MethodInfo? found = all.FirstOrDefault(method => method.Name == name && Handler.Fits(method));
                if (found != null)
                {
                    return found;
                }
            }
            catch (Exception failure) when (failure is IOException || failure is TypeLoadException)
            {
                throw Failed(type.FullName ?? name, Errors.ImportFailed, "put the missing assembly beside the function", failure);
            }
            bool isThere = all.Any(method => method.Name == name);
            List<string> names = all.Where(FitsSafely).Select(method => method.Name).Where(one => one != name).ToList();
            string? guess = Errors.Nearest(name, names);
            throw new FaultException(
                Errors.HandlerMissing,
                isThere
                    ? $"{type.FullName}: method '{name}' does not take (Context, Event)"
                    : $"{type.FullName} has no public method '{name}'",
                $"spec.handler is {type.FullName}:{name}; handlers of the class: {Listed(names)}",
                guess != null
                    ? $"did you mean '{guess}'? set spec.handler: {type.FullName}:{guess}"
                    : $"write 'public object {name}(Context context, Event eventBase)', or name another one in spec.handler");
        }

        /// <summary>
        /// The object that instance methods are called on, one for the worker's life. nuclio calls them on null and runs no constructor;
        /// so does this where there is none to run.
        /// </summary>
        private static object? Make(Type type)
        {
            if (type.IsAbstract || type.GetConstructor(Type.EmptyTypes) == null)
            {
                return null;
            }
            try
            {
                return Activator.CreateInstance(type);
            }
            catch (Exception failure)
            {
                throw Failed($"the constructor of {type.FullName}", Errors.InitFailed, "fix the constructor, or what it needs", failure);
            }
        }

        private static FaultException Failed(string what, string code, string fix, Exception wrapped)
        {
            Exception failure = Traces.Unwrap(wrapped);
            (string file, int line) = Traces.Place(failure);
            return new FaultException(
                code,
                $"{what} threw {failure.GetType().Name}: {Traces.Message(failure)}",
                line > 0 ? $"at {file}:{line}; a worker serves only after that" : "a worker serves only after that",
                fix)
            {
                File = file,
                Line = line,
                Detail = Traces.Text(failure),
            };
        }

        private static string Listed(IReadOnlyCollection<string> names) =>
            names.Count == 0 ? "none" : string.Join(", ", names.Distinct().Take(MostNames));
    }
}
