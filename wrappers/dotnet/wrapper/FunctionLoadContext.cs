using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Nuclio.Sdk;

namespace Nucleon.Wrapper
{
    /// <summary>
    /// Loads what a function brings: what its own .deps.json names, and assemblies beside it, in its folder and in lib/. The handlers'
    /// API is always the wrapper's: events and responses of two copies would be of two types.
    /// </summary>
    internal sealed class FunctionLoadContext : AssemblyLoadContext
    {
        private readonly AssemblyDependencyResolver? resolver;
        private readonly string[] folders;

        internal FunctionLoadContext(string path, string directory)
            : base("function")
        {
            Directory = directory;
            resolver = File.Exists(Path.ChangeExtension(path, ".deps.json")) ? new AssemblyDependencyResolver(path) : null;
            folders = new[] { Path.GetDirectoryName(Path.GetFullPath(path)) ?? "", directory, Path.Combine(directory, "lib") };
        }

        /// <summary>The function's folder.</summary>
        internal string Directory { get; }

        protected override Assembly? Load(AssemblyName name)
        {
            if (name.Name == Compiler.SdkName)
            {
                return typeof(Event).Assembly;
            }
            string? path = resolver?.ResolveAssemblyToPath(name)
                ?? folders.Select(folder => Path.Combine(folder, name.Name + ".dll")).FirstOrDefault(File.Exists);
            return path == null ? null : LoadFromAssemblyPath(Path.GetFullPath(path));
        }

        protected override IntPtr LoadUnmanagedDll(string name)
        {
            string? path = resolver?.ResolveUnmanagedDllToPath(name)
                ?? folders.SelectMany(folder => new[] { Path.Combine(folder, name), Path.Combine(folder, $"lib{name}.so") })
                    .FirstOrDefault(File.Exists);
            return path == null ? IntPtr.Zero : LoadUnmanagedDllFromPath(Path.GetFullPath(path));
        }
    }
}
