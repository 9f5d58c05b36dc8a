package io.nucleon.builder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nucleon.builder.BuildOrder.Artifact;
import io.nucleon.builder.BuildOrder.Format;
import io.nucleon.builder.source.AddressRule;
import io.nucleon.builder.source.CodeLimits;
import io.nucleon.builder.source.SecretMask;
import io.nucleon.builder.source.Tool;
import io.nucleon.spec.FunctionReader;
import io.nucleon.spec.ReadOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Packages of .NET out of a folder of packages that the test makes, restored by the real NuGet where there is one. */
@Timeout(120)
class NugetTest {
    private static final String HANDLER = "public class Fn { public object Handle(object c, object e) => 1; }\n";

    @TempDir
    Path folder;

    private final List<String> log = new ArrayList<>();

    @BeforeEach
    void writeFunction() throws IOException {
        write("orders/Fn.cs", HANDLER);
        pack("orders/nuget/Tiny.Thing.1.0.0.nupkg", "Tiny.Thing", "<dependency id='Tiny.Other' version='2.1.0' />");
        pack("orders/nuget/Tiny.Other.2.1.0.nupkg", "Tiny.Other", "");
    }

    @Test
    void restoresWhatTheProjectRefersToOnce() throws IOException {
        assumeDotnet();
        write(
                "orders/fn.csproj",
                project("<PackageReference Include='Tiny.Thing'><Version>1.0.0</Version></PackageReference>"));

        BuildReport first = build("");
        write("orders/Fn.cs", HANDLER + "//\n");
        BuildReport second = build("");

        assertThat(names("out"))
                .contains("fn.csproj", "nuget.restored/tiny.other.2.1.0.nupkg", "nuget.restored/tiny.thing.1.0.0.nupkg")
                .doesNotContain("handler.csproj", "restore.csproj", "obj", "packages", "nuget.config");
        assertThat(Files.readString(folder.resolve("out/.nucleon/sbom.cdx.json")))
                .contains("pkg:nuget/tiny.thing@1.0.0", "pkg:nuget/tiny.other@2.1.0");
        assertThat(List.of(first, second))
                .extracting(report -> report.steps().get(2).cached())
                .containsExactly(false, true);
    }

    @Test
    void givesPlainSourcesAProjectThatCompilesWithoutASource() throws IOException {
        assumeDotnet();

        build("dependencies: ['name: Tiny.Thing, version: 1.0.0']");

        assertThat(folder.resolve("out/handler.csproj")).content().contains("Include=\"Tiny.Thing\" Version=\"1.0.0\"");
        // As a start does it, without a home and with a source that is not there.
        write(
                "out/nuget.config",
                "<configuration><packageSources><clear/><add key='x' value='" + folder.resolve("gone")
                        + "' /></packageSources></configuration>");
        Path script = Path.of("../wrappers/dotnet/compile.sh").toAbsolutePath().normalize();
        Map<String, String> environment = Map.of(
                "HOME", "/nonexistent", "NUCLEON_CACHE", folder.resolve("c").toString());
        List<String> said = new ArrayList<>();
        Tool.End wrapper = run(List.of("sh", script.toString(), "wrapper", dotnet()), environment, said);
        assertThat(wrapper.isOk()).as(String.join("\n", said)).isTrue();
        String compiled = said.getFirst().replace("folder=", "");
        said.clear();
        Tool.End made = run(
                List.of(
                        "sh",
                        script.toString(),
                        "function",
                        dotnet(),
                        folder.resolve("out").toString(),
                        compiled),
                environment,
                said);
        assertThat(made.isOk()).as(String.join("\n", said)).isTrue();
        assertThat(Path.of(said.getLast())).exists().hasFileName("handler.dll");
    }

    @Test
    void respectsTheHashesOfALockFile() throws IOException {
        assumeDotnet();
        write("orders/fn.csproj", project("<PackageReference Include='Tiny.Other' Version='2.1.0' />"));
        write("orders/packages.lock.json", """
                {"version": 1, "dependencies": {".NETCoreApp,Version=v3.1": {"Tiny.Other":
                {"type": "Direct", "requested": "[2.1.0, )", "resolved": "2.1.0", "contentHash": "AAAA"}}}}
                """);

        assertThatThrownBy(() -> build("")).hasMessageContaining("NUC-6006").hasMessageContaining("NU1403");

        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void runsNothingOfTheProjectAndFollowsNothingInIt() throws IOException {
        write(
                "orders/fn.csproj",
                "<Project Sdk='Microsoft.NET.Sdk'><Target Name='X' BeforeTargets='Restore'><Exec Command='touch "
                        + folder.resolve("ran")
                        + "' /></Target><ItemGroup><PackageReference Include='Tiny.Gone' Version='9.0.0' />"
                        + "</ItemGroup></Project>");
        assertThatThrownBy(() -> build("")).hasMessageContaining("NUC-600");
        assertThat(folder.resolve("ran")).doesNotExist();

        for (String evil : List.of(
                project("<PackageReference Include='A' Version='$([System.IO.File]::ReadAllText(/etc/passwd))' />"),
                project("<PackageReference Include='A' />"),
                project("<PackageReference Include='&quot; /&gt;&lt;Import' Version='1.0' />"),
                "<!DOCTYPE p [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><Project><PackageReference Include='&x;' Version='1'/></Project>",
                "<Project")) {
            write("orders/fn.csproj", evil);
            assertThatThrownBy(() -> build("")).as(evil).hasMessageContaining("NUC-6006");
        }
        write("orders/fn.csproj", project("<PackageReference Include='Tiny.Other' Version='2.1.0' />"));
        assertThatThrownBy(() -> build("dependencies: ['Tiny.Thing:1.0.0']")).hasMessageContaining("NUC-6006");
    }

    private static void assumeDotnet() {
        assumeTrue(!dotnet().isEmpty(), "no dotnet on PATH");
    }

    private static String dotnet() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(one -> Path.of(one, "dotnet"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
    }

    private Tool.End run(List<String> command, Map<String, String> environment, List<String> said) {
        return new Tool(
                        SecretMask.of(FunctionReader.read("spec: {}", "x").asFarAsRead()),
                        log::add,
                        Duration.ofSeconds(60))
                .run(new Tool.Call(folder, command, environment), said::add);
    }

    private static String project(String reference) {
        return "<Project Sdk='Microsoft.NET.Sdk'><PropertyGroup><TargetFramework>netcoreapp3.1</TargetFramework>"
                + "</PropertyGroup><ItemGroup>" + reference + "</ItemGroup></Project>";
    }

    /** A package without an assembly: what it asks for is what counts. */
    private void pack(String file, String name, String dependencies) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        String version = file.replaceFirst(".*?(\\d+\\.\\d+\\.\\d+)\\.nupkg", "$1");
        try (var zip = new ZipOutputStream(Files.newOutputStream(folder.resolve(file)))) {
            zip.putNextEntry(new ZipEntry(name + ".nuspec"));
            zip.write(("<package><metadata><id>" + name + "</id><version>" + version
                            + "</version><authors>x</authors><description>x</description><dependencies>"
                            + "<group targetFramework='.NETStandard2.0'>" + dependencies
                            + "</group></dependencies></metadata></package>")
                    .getBytes(UTF_8));
            zip.putNextEntry(new ZipEntry("lib/netstandard2.0/_._"));
        }
    }

    private BuildReport build(String build) {
        String config = "metadata: {name: orders}\nspec:\n  runtime: dotnetcore\n  handler: 'Fn:Handle'\n  build:\n"
                + "    path: orders\n    offline: true\n" + build.indent(4);
        BuildOrder order = new BuildOrder(
                FunctionReader.read(config, "function.yaml").asFarAsRead(),
                folder,
                new Artifact(Format.FOLDER, folder.resolve("out"), ""),
                new BuildOrder.Tools(
                        folder,
                        Path.of(System.getProperty("java.home")),
                        folder.resolve("cache"),
                        AddressRule.PUBLIC,
                        CodeLimits.DEFAULT,
                        ReadOptions.DEFAULT));
        return new Builder(Clock.systemUTC()).build(order, log::add);
    }

    private List<String> names(String top) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve(top))) {
            return all.map(path -> folder.resolve(top).relativize(path).toString())
                    .toList();
        }
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
