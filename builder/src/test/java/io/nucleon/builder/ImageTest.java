package io.nucleon.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.builder.BuildOrder.Artifact;
import io.nucleon.builder.BuildOrder.Format;
import io.nucleon.builder.source.AddressRule;
import io.nucleon.builder.source.CodeLimits;
import io.nucleon.spec.FunctionReader;
import io.nucleon.spec.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images made without a daemon: what is in them, and that the same source gives the same one. */
class ImageTest {
    private static final String CONFIG = """
            metadata: {name: orders}
            spec:
              runtime: python
              handler: main:handler
              env: [{name: DB_PASSWORD, value: hunter2hunter2}, {name: PLAIN, value: visible}]
              build: {path: orders, baseImage: scratch}
            """;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    @BeforeEach
    void makeSource() throws IOException {
        write("orders/main.py", "def handler(context, event): pass\n");
        write("home/lib/nucleon-processor.jar", "jar");
        write("home/lib/jvm.options", "-Dx=y");
        write("home/lib/command.aot", "cache");
        write("home/lib/builder/jib.jar", "jib");
        write("home/wrappers/python/wrapper.py", "wrapper");
        write("home/wrappers/python/__pycache__/wrapper.pyc", "x");
        write("home/triggers/nats/nats.jar", "nats");
    }

    @Test
    void holdsTheFunctionAsNucliosImagesDoWithoutItsSecrets() throws IOException {
        build(Format.OCI_LAYOUT, "image", shared);

        Path layout = folder.resolve("image");
        assertThat(layout.resolve("oci-layout")).exists();
        Map<String, String> files = files(layout);
        assertThat(files)
                .containsKeys(
                        "opt/nuclio/main.py",
                        "opt/nuclio/.nucleon/sbom.cdx.json",
                        "opt/nucleon/lib/nucleon-processor.jar",
                        "opt/nucleon/wrappers/python/wrapper.py",
                        "opt/nucleon/triggers/nats/nats.jar",
                        "opt/nucleon/jre/bin/java",
                        "opt/nucleon/jre/lib/server/classes.jsa",
                        "usr/local/bin/processor",
                        "usr/local/bin/uhttpc",
                        "etc/nuclio/config/processor/processor.yaml")
                .doesNotContainKeys(
                        "opt/nuclio/function.yaml",
                        "opt/nucleon/lib/builder/jib.jar",
                        "opt/nucleon/lib/command.aot",
                        "opt/nucleon/wrappers/python/__pycache__/wrapper.pyc");
        assertThat(files.get("etc/nuclio/config/processor/processor.yaml"))
                .contains("visible")
                .contains("****");
        assertThat(files.values()).noneMatch(text -> text.contains("hunter2hunter2"));
    }

    @Test
    void isTheSameForTheSameSourceWhereverAndWheneverItWasBuilt() throws IOException {
        String first = build(Format.OCI_TAR, "a.tar", shared).digest();
        byte[] tar = Files.readAllBytes(folder.resolve("a.tar"));
        Files.move(folder.resolve("orders"), folder.resolve("moved"));
        Files.createSymbolicLink(folder.resolve("orders"), Path.of("moved"));
        Files.setLastModifiedTime(folder.resolve("moved/main.py"), FileTime.fromMillis(12345));
        Files.setLastModifiedTime(folder.resolve("home/lib/nucleon-processor.jar"), FileTime.fromMillis(12345));

        // Another cache: nothing is the same because it was kept.
        String second = build(Format.OCI_TAR, "b.tar", folder.resolve("cache")).digest();

        assertThat(second).isEqualTo(first).startsWith("sha256:");
        assertThat(Files.readAllBytes(folder.resolve("b.tar"))).isEqualTo(tar);
    }

    @Test
    void changesItsLastLayerAloneWhenTheCodeChanges() throws IOException {
        build(Format.OCI_LAYOUT, "a", shared);
        write("orders/main.py", "def handler(context, event): return 1\n");
        build(Format.OCI_LAYOUT, "b", shared);

        List<String> before = layers(folder.resolve("a"));
        List<String> after = layers(folder.resolve("b"));

        assertThat(after).hasSameSizeAs(before);
        assertThat(after.subList(0, after.size() - 1)).isEqualTo(before.subList(0, before.size() - 1));
        assertThat(after.getLast()).isNotEqualTo(before.getLast());
    }

    @Test
    void tellsInItsConfigurationHowItRuns() throws IOException {
        build(Format.OCI_LAYOUT, "a", shared);

        String config = Files.readString(blob(folder.resolve("a"), digestOf(manifest(folder.resolve("a")), "config")));

        assertThat(config)
                .contains(
                        "\"Cmd\":[\"processor\"]",
                        "\"User\":\"65532:65532\"",
                        "\"8080/tcp\":{}",
                        "\"io.nucleon.function\":\"orders\"")
                .contains("\"created\":\"1970-01-01T00:00:00Z\"");
    }

    @Test
    void givesTheNamesOfNuclio() {
        assertThat(name("")).isEqualTo("nuclio/processor-orders:latest");
        assertThat(name("registry: 'host:5000'")).isEqualTo("host:5000/nuclio/processor-orders:latest");
        assertThat(name("registry: 'https://host/team'")).isEqualTo("host/team/processor-orders:latest");
        assertThat(name("registry: 'host:5000', image: 'x:1'")).isEqualTo("host:5000/x:1");
        assertThat(name("image: 'host:5000/x'")).isEqualTo("host:5000/x:latest");
    }

    private static String name(String build) {
        return ImageName.of(
                FunctionReader.read("metadata: {name: orders}\nspec: {build: {" + build + "}}", "function.yaml")
                        .asFarAsRead());
    }

    private BuildReport build(Format format, String target, Path cache) {
        BuildOrder order = new BuildOrder(
                FunctionReader.read(CONFIG, "function.yaml").asFarAsRead(),
                folder,
                new Artifact(format, folder.resolve(target), ""),
                new BuildOrder.Tools(
                        folder.resolve("home"),
                        Path.of(System.getProperty("java.home")),
                        cache,
                        AddressRule.PUBLIC,
                        CodeLimits.DEFAULT,
                        ReadOptions.DEFAULT));
        return new Builder(Clock.systemUTC()).build(order, line -> {});
    }

    private static String manifest(Path layout) throws IOException {
        return Files.readString(blob(layout, digestOf(Files.readString(layout.resolve("index.json")), "manifests")));
    }

    private static List<String> layers(Path layout) throws IOException {
        String manifest = manifest(layout);
        List<String> digests = new ArrayList<>();
        int from = manifest.indexOf("\"layers\"");
        for (int at = manifest.indexOf("sha256:", from); at >= 0; at = manifest.indexOf("sha256:", at + 1)) {
            digests.add(manifest.substring(at, at + 71));
        }
        return digests;
    }

    /** The first one behind a member of that name. */
    private static String digestOf(String json, String member) {
        int at = json.indexOf("sha256:", json.indexOf("\"" + member + "\""));
        return json.substring(at, at + 71);
    }

    private static Path blob(Path layout, String digest) {
        return layout.resolve("blobs/sha256").resolve(digest.substring("sha256:".length()));
    }

    private static Map<String, String> files(Path layout) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        for (String layer : layers(layout)) {
            try (InputStream in = Files.newInputStream(blob(layout, layer));
                    TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(in))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    boolean text = entry.isFile() && entry.getSize() < 100_000;
                    files.put(
                            entry.getName(),
                            text ? new String(tar.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8) : "");
                }
            }
        }
        return files;
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
