using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace Nucleon.Wrapper.Tests
{
    /// <summary>
    /// Runs every public method without parameters of every class whose name ends in Tests, each on an object of its own, and prints
    /// "N passed, N failed". With an argument: those whose name holds it.
    /// </summary>
    internal static class Runner
    {
        internal static int Main(string[] arguments)
        {
            string part = arguments.Length > 0 ? arguments[0] : "";
            int passed = 0;
            var failures = new List<string>();
            foreach (MethodInfo test in Tests().Where(one => Name(one).Contains(part)))
            {
                string? why = Run(test);
                if (why == null)
                {
                    passed++;
                    Console.WriteLine($"ok    {Name(test)}");
                }
                else
                {
                    failures.Add(Name(test));
                    Console.WriteLine($"FAIL  {Name(test)}\n{why}");
                }
            }
            Console.WriteLine($"{passed} passed, {failures.Count} failed");
            return failures.Count > 0 || passed == 0 ? 1 : 0;
        }

        private static IEnumerable<MethodInfo> Tests() =>
            from type in typeof(Runner).Assembly.GetTypes()
            where type.Name.EndsWith("Tests", StringComparison.Ordinal)
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where method.GetParameters().Length == 0 && method.ReturnType == typeof(void) && method.Name != "Dispose"
            orderby type.Name, method.Name
            select method;

        private static string Name(MethodInfo test) => $"{test.DeclaringType!.Name}.{test.Name}";

        private static string? Run(MethodInfo test)
        {
            try
            {
                object? fixture = Activator.CreateInstance(test.DeclaringType!);
                test.Invoke(fixture, BindingFlags.DoNotWrapExceptions, null, null, null);
                (fixture as IDisposable)?.Dispose();
                return null;
            }
            catch (Exception failure)
            {
                return failure.ToString();
            }
        }
    }

    /// <summary>What a test expects. A failed one says what was found.</summary>
    internal static class Expect
    {
        internal static void Equal<T>(T found, T expected, string what = "")
        {
            if (!EqualityComparer<T>.Default.Equals(found, expected))
            {
                throw new Exception($"{what} expected {Show(expected)}, found {Show(found)}");
            }
        }

        internal static void Bytes(ReadOnlySpan<byte> found, ReadOnlySpan<byte> expected, string what = "")
        {
            if (!found.SequenceEqual(expected))
            {
                int at = 0;
                while (at < Math.Min(found.Length, expected.Length) && found[at] == expected[at])
                {
                    at++;
                }
                throw new Exception($"{what} {found.Length} bytes, expected {expected.Length}; the first other one is at {at}");
            }
        }

        internal static void True(bool holds, string what)
        {
            if (!holds)
            {
                throw new Exception($"expected: {what}");
            }
        }

        internal static T Throws<T>(Action act, string what = "")
            where T : Exception
        {
            try
            {
                act();
            }
            catch (T failure)
            {
                return failure;
            }
            throw new Exception($"{what} expected a {typeof(T).Name}, nothing was thrown");
        }

        private static string Show<T>(T value) => value is string text ? $"'{text}'" : value?.ToString() ?? "null";
    }
}
