using System.Reflection;
using System.Runtime.CompilerServices;

[assembly: AssemblyTitle("Nuclio.Sdk for workers of Nucleon")]
// Above every version that functions were built against, so that this copy takes the place of theirs.
[assembly: AssemblyVersion("99.0.0.0")]
[assembly: InternalsVisibleTo("nucleon-wrapper")]
[assembly: InternalsVisibleTo("nucleon-wrapper-tests")]
