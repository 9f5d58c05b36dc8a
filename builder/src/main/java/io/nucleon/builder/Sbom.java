package io.nucleon.builder;

import io.nucleon.builder.source.CodeTree;
import io.nucleon.error.JsonWriter;
import io.nucleon.spec.FunctionConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What packages a function consists of, as CycloneDX 1.5. Read from what was installed, not from what was asked for. Without times and random
 * numbers: the same folder has the same list. Immutable.
 */
record Sbom(FunctionConfig config, List<Component> components) {
    /** Beside the code; not part of its digest. */
    static final String FOLDER = ".nucleon";

    static final String FILE = "sbom.cdx.json";

    private static final Pattern DIST_INFO = Pattern.compile("([A-Za-z0-9._]+)-([^-/]+)\\.dist-info");
    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[^/]*)\\.jar");
    private static final Pattern NUGET = Pattern.compile("(.+?)\\.(\\d+(?:\\.\\d+)+[^/]*)\\.nupkg");
    private static final Pattern NPM_FIELD = Pattern.compile("\"(name|version)\"\\s*:\\s*\"([^\"]+)\"");
    private static final int LARGEST_MANIFEST = 1 << 20;

    /** A package; its purl tells kind, name and version. */
    record Component(String name, String version, String purl) {}

    static Sbom of(FunctionConfig config, Path folder) throws IOException {
        var found = new TreeSet<Component>(Comparator.comparing(Component::purl));
        for (Path path : CodeTree.entries(folder)) {
            component(folder.relativize(path), path).ifPresent(found::add);
        }
        return new Sbom(config, List.copyOf(found));
    }

    private static Optional<Component> component(Path relative, Path path) throws IOException {
        String name = relative.getFileName().toString();
        Matcher python = DIST_INFO.matcher(name);
        if (python.matches() && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            String plain = python.group(1).replace('_', '-').toLowerCase(java.util.Locale.ROOT);
            return Optional.of(new Component(plain, python.group(2), "pkg:pypi/" + plain + "@" + python.group(2)));
        }
        Matcher jar = JAR.matcher(name);
        if (jar.matches()) {
            return Optional.of(
                    new Component(jar.group(1), jar.group(2), "pkg:maven/" + jar.group(1) + "@" + jar.group(2)));
        }
        Matcher nuget = NUGET.matcher(name);
        if (nuget.matches() && relative.startsWith(NugetPackages.RESTORED)) {
            return Optional.of(new Component(
                    nuget.group(1), nuget.group(2), "pkg:nuget/" + nuget.group(1) + "@" + nuget.group(2)));
        }
        boolean npm = name.equals("package.json")
                && relative.toString().matches("(.*/)?node_modules/(@[^/]+/)?[^/]+/package\\.json");
        return npm && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? npm(path) : Optional.empty();
    }

    private static Optional<Component> npm(Path manifest) throws IOException {
        if (Files.size(manifest) > LARGEST_MANIFEST) {
            return Optional.empty();
        }
        String name = "";
        String version = "";
        Matcher field = NPM_FIELD.matcher(new String(Files.readAllBytes(manifest), StandardCharsets.UTF_8));
        while (field.find()) {
            name = name.isEmpty() && field.group(1).equals("name") ? field.group(2) : name;
            version = version.isEmpty() && field.group(1).equals("version") ? field.group(2) : version;
        }
        return name.isEmpty() || version.isEmpty()
                ? Optional.empty()
                : Optional.of(new Component(name, version, "pkg:npm/" + name.replace("@", "%40") + "@" + version));
    }

    String toJson() {
        JsonWriter json = new JsonWriter().object();
        json.name("bomFormat")
                .value("CycloneDX")
                .name("specVersion")
                .value("1.5")
                .name("version")
                .value(1);
        json.name("metadata").object().name("component").object();
        json.name("type").value("application").name("name").value(config.name());
        json.name("bom-ref").value("function").endObject().endObject();
        json.name("components").array();
        for (Component one : components) {
            json.object().name("type").value("library").name("name").value(one.name);
            json.name("version").value(one.version).name("purl").value(one.purl);
            json.name("bom-ref").value(one.purl).endObject();
        }
        return json.endArray().endObject().toString();
    }

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE), toJson() + "\n");
    }
}
