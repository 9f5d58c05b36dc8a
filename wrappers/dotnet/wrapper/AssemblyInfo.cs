using System.Reflection;
using System.Runtime.CompilerServices;

[assembly: AssemblyTitle("Nucleon's .NET wrapper")]
[assembly: InternalsVisibleTo("nucleon-wrapper-tests")]
