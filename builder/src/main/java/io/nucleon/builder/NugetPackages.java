package io.nucleon.builder;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What a .NET function asks of NuGet, in its project or in {@code build.dependencies}. A project is a program of MSBuild's, and it came with
 * the code: it is read here, never run; what is restored is a project of our own that names the same packages. Immutable.
 *
 * @param versions by the packages' names
 * @param framework that they are for, as {@code net8.0}; empty if the project names none
 * @param isProject whether the function has a project, which names them already
 */
record NugetPackages(Map<String, String> versions, String framework, boolean isProject) {
    /** Of packages, beside a function's code: where its own lie. */
    static final String FEED = "nuget";

    /** Where a build leaves all that were restored; where it is, a start asks no other source (see the wrapper's function.props). */
    static final String RESTORED = "nuget.restored";

    private static final String NAME = "[A-Za-z0-9._-]{1,100}";
    private static final String VERSION = "[0-9A-Za-z.+*, \\[\\]()-]{1,100}";

    /** Of the function in that folder. */
    static NugetPackages of(Path code, List<String> dependencies) throws IOException {
        Optional<Path> project = project(code);
        Map<String, String> versions = new TreeMap<>();
        String framework = "";
        if (project.isPresent()) {
            framework = read(project.get(), versions);
        }
        for (String one : dependencies) {
            String[] two = parse(one);
            versions.put(two[0], two[1]);
        }
        versions.remove("nuclio-sdk-dotnetcore");
        versions.forEach((name, version) -> {
            if (!name.matches(NAME) || !version.matches(VERSION)) {
                throw refused(
                        project.isPresent() ? project.get().getFileName().toString() : "spec.build.dependencies",
                        "'" + name + "' with version '" + version + "'",
                        "it must name packages and versions plainly");
            }
        });
        return new NugetPackages(Map.copyOf(versions), framework, project.isPresent());
    }

    private static Optional<Path> project(Path code) throws IOException {
        if (!Files.isDirectory(code)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(code)) {
            return files.filter(file -> file.toString().endsWith(".csproj") && Files.isRegularFile(file))
                    .sorted()
                    .findFirst();
        }
    }

    /** {@code name: N, version: V}, or {@code N:V}. */
    private static String[] parse(String text) {
        String[] two = text.replaceAll("\\b(name|version)\\s*:", "").split("[,:]", 2);
        return two.length == 2 ? new String[] {two[0].strip(), two[1].strip()} : new String[] {text.strip(), ""};
    }

    /** The framework, after the packages were added. Entities and other files are not followed. */
    private static String read(Path project, Map<String, String> versions) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream in = Files.newInputStream(project)) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            String framework = "";
            String open = "";
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamReader.START_ELEMENT) {
                    continue;
                }
                switch (xml.getLocalName()) {
                    case "PackageReference" -> {
                        open = attribute(xml, "Include");
                        if (!open.isEmpty()) {
                            versions.put(open, attribute(xml, "Version"));
                        }
                    }
                    case "Version" -> {
                        if (!open.isEmpty()) {
                            versions.put(open, xml.getElementText().strip());
                        }
                    }
                    case "TargetFramework" -> framework = xml.getElementText().strip();
                    default -> {}
                }
            }
            return framework;
        } catch (XMLStreamException e) {
            throw refused(project.getFileName().toString(), "what is no XML", String.valueOf(e.getMessage()));
        }
    }

    private static String attribute(XMLStreamReader xml, String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value.strip();
    }

    private static RuntimeException refused(String where, String what, String why) {
        return ErrorMessage.of(
                        ErrorCode.DEPENDENCIES_FAILED,
                        where + " asks for " + what,
                        why,
                        "write it like <PackageReference Include=\"Newtonsoft.Json\" Version=\"13.0.3\" />, or 'name: Newtonsoft.Json, version: 13.0.3' in build.dependencies")
                .toException();
    }

    /** A project that refers to them and has nothing else; it serves a function of plain sources as its own. */
    String project(String target) {
        String references = new TreeMap<>(versions)
                .entrySet().stream()
                        .map(one -> "    <PackageReference Include=\"" + one.getKey() + "\" Version=\"" + one.getValue()
                                + "\" />\n")
                        .collect(Collectors.joining());
        return "<Project Sdk=\"Microsoft.NET.Sdk\">\n  <PropertyGroup>\n    <TargetFramework>" + target
                + "</TargetFramework>\n    <AssemblyName>handler</AssemblyName>\n  </PropertyGroup>\n  <ItemGroup>\n"
                + references + "  </ItemGroup>\n</Project>\n";
    }

    /** Sources of packages: nothing but a folder, if there is one. */
    static String folderOnly(Path feed) {
        String source = Files.isDirectory(feed)
                ? "<add key=\"folder\" value=\""
                        + feed.toString()
                                .replace("&", "&amp;")
                                .replace("\"", "&quot;")
                                .replace("<", "&lt;") + "\" />"
                : "";
        return "<configuration><packageSources><clear />" + source + "</packageSources></configuration>\n";
    }

    /** Brings the restored packages of a NuGet folder into the feed that is shipped, and removes the rest. */
    static void gather(Path folder) throws IOException {
        List<Path> packages = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder.resolve("packages"))) {
            files.filter(file -> file.toString().endsWith(".nupkg")).sorted().forEach(packages::add);
        }
        Path feed = Files.createDirectory(folder.resolve(RESTORED));
        for (Path one : packages) {
            Files.move(one, feed.resolve(one.getFileName()));
        }
    }
}
