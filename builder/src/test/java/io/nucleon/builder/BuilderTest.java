package io.nucleon.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.builder.BuildOrder.Artifact;
import io.nucleon.builder.BuildOrder.Format;
import io.nucleon.builder.source.AddressRule;
import io.nucleon.builder.source.CodeLimits;
import io.nucleon.spec.FunctionReader;
import io.nucleon.spec.ReadOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuilderTest {
    private static final String HANDLER = "def handler(context, event):\n    return 'hello'\n";

    @TempDir
    Path folder;

    private final List<String> log = new ArrayList<>();

    @Test
    void makesAPortableFolderOfAFolder() throws IOException {
        Path code = Files.createDirectories(folder.resolve("orders/lib"));
        write("orders/main.py", HANDLER);
        write("orders/lib/price.py", "PRICE = 7\n");
        write("orders/.env", "TOKEN=hunter2hunter2\n");
        write("orders/__pycache__/main.pyc", "x");
        Files.createSymbolicLink(code.resolve("link.py"), Path.of("price.py"));

        BuildReport report =
                build("spec: {build: {path: orders, commands: [pip install x]}, env: [{name: A, value: b}]}");

        Path made = report.artifact();
        assertThat(made.resolve("main.py")).hasContent(HANDLER);
        assertThat(made.resolve("lib/link.py")).isSymbolicLink();
        assertThat(made.resolve(".env")).doesNotExist();
        assertThat(made.resolve("__pycache__")).doesNotExist();
        assertThat(FunctionReader.read(made.resolve("function.yaml")).value().spec())
                .returns("main:handler", spec -> spec.handler())
                .returns("python", spec -> spec.runtime().name())
                .returns(List.of(), spec -> spec.build().commands());
        assertThat(report.config().name()).isEqualTo("orders");
        assertThat(made.resolve(".nucleon/sbom.cdx.json")).content().contains("\"bomFormat\":\"CycloneDX\"");
        assertThat(report.steps())
                .extracting(BuildReport.Taken::name)
                .containsExactly("code", "function.yaml", "dependencies", "folder");
    }

    @Test
    void givesTheSameSourceTheSameDigestWhereverItLies() throws IOException {
        write("a/main.py", HANDLER);
        write("b/c/main.py", HANDLER);
        Files.setLastModifiedTime(folder.resolve("b/c/main.py"), java.nio.file.attribute.FileTime.fromMillis(0));

        String first = build("metadata: {name: x}\nspec: {build: {path: a}}").digest();
        String second = build("metadata: {name: x}\nspec: {build: {path: b/c}}").digest();
        write("a/main.py", HANDLER + "#\n");

        assertThat(first).isEqualTo(second);
        assertThat(build("metadata: {name: x}\nspec: {build: {path: a}}").digest())
                .isNotEqualTo(first);
    }

    @Test
    void takesInlineSourceAndArchives() throws IOException {
        String source =
                Base64.getEncoder().encodeToString(HANDLER.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        build("metadata: {name: x}\nspec: {runtime: python, handler: 'my:handler', build: {functionSourceCode: "
                + source + "}}");
        assertThat(folder.resolve("out/my.py")).hasContent(HANDLER);

        try (OutputStream file = Files.newOutputStream(folder.resolve("code.zip"));
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.putNextEntry(new ZipEntry("main.py"));
            zip.write(HANDLER.getBytes(StandardCharsets.UTF_8));
        }
        build("metadata: {name: x}\nspec: {build: {path: code.zip}}");
        assertThat(folder.resolve("out/main.py")).hasContent(HANDLER);
        assertThat(folder.resolve("out/my.py")).doesNotExist();
    }

    @Test
    void refusesInlineSourceWhoseHandlerLeavesTheFolder() {
        assertThatThrownBy(
                        () -> build(
                                "metadata: {name: x}\nspec: {runtime: python, handler: '../../evil.py:handler', build: {functionSourceCode: eA==}}"))
                .hasMessageContaining("NUC-1025");
    }

    @Test
    void refusesFoldersThatHoldWhatLeadsOut() throws IOException {
        write("orders/main.py", HANDLER);
        Files.createSymbolicLink(folder.resolve("orders/key"), Path.of("/etc/passwd"));

        assertThatThrownBy(() -> build("spec: {build: {path: orders}}"))
                .hasMessageContaining("NUC-6004")
                .hasMessageContaining("key");

        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void fetchesFromNoPrivateAddress() {
        assertThatThrownBy(
                        () -> build(
                                "metadata: {name: x}\nspec: {build: {path: 'https://127.0.0.1/x.zip', codeEntryType: archive}}"))
                .hasMessageContaining("NUC-6002");
        assertThatThrownBy(() ->
                        build("metadata: {name: x}\nspec: {build: {path: 'https://10.0.0.1/x', codeEntryType: git,"
                                + " codeEntryAttributes: {branch: main}}}"))
                .hasMessageContaining("NUC-6002");
    }

    @Test
    void replacesWhatABuildMadeAndNothingElse() throws IOException {
        write("orders/main.py", HANDLER);
        write("out/precious.txt", "mine");

        assertThatThrownBy(() -> build("spec: {build: {path: orders}}")).hasMessageContaining("NUC-6008");

        assertThat(folder.resolve("out/precious.txt")).hasContent("mine");
    }

    @Test
    void leavesNothingInTheTemporaryFolder() throws IOException {
        write("orders/main.py", HANDLER);
        Path temporary = Files.createDirectory(folder.resolve("tmp"));

        build("spec: {build: {path: orders, tempDir: " + temporary + "}}");
        assertThatThrownBy(() -> build("spec: {build: {path: nowhere, tempDir: " + temporary + "}}"))
                .hasMessageContaining("NUC-1034");

        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void installsPackagesOfPythonOnceForTheSameRequirements() throws IOException {
        write("orders/main.py", HANDLER);
        write("orders/requirements.txt", "tiny-thing==1.0\n");
        wheel(Files.createDirectories(folder.resolve("orders/wheels")).resolve("tiny_thing-1.0-py3-none-any.whl"));

        BuildReport first = build("spec: {build: {path: orders, offline: true}}");
        write("orders/main.py", HANDLER + "#\n");
        BuildReport second = build("spec: {build: {path: orders, offline: true}}");

        assertThat(folder.resolve("out/tiny_thing.py")).hasContent("THING = 1");
        assertThat(folder.resolve("out/.nucleon/sbom.cdx.json")).content().contains("pkg:pypi/tiny-thing@1.0");
        assertThat(List.of(first, second))
                .extracting(report -> report.steps().get(2).cached())
                .containsExactly(false, true);
        assertThat(second.digest()).isNotEqualTo(first.digest());
    }

    @Test
    void tellsWhatPipSaidWithoutSecrets() throws IOException {
        write("orders/main.py", HANDLER);
        write("orders/requirements.txt", "hunter2hunter2==1.0\n");

        assertThatThrownBy(() -> build(
                        "spec: {build: {path: orders, offline: true}, env: [{name: TOKEN, value: hunter2hunter2}]}"))
                .hasMessageContaining("NUC-6006")
                .hasMessageNotContaining("hunter2hunter2");

        assertThat(String.join("\n", log)).contains("****").doesNotContain("hunter2hunter2");
    }

    @Test
    void letsRequirementsNameNoFileOfThisMachine() throws IOException {
        write("orders/main.py", HANDLER);
        for (String line : List.of(
                "-r /etc/passwd", "--index-url http://evil", "file:///etc", "x @ file:///etc", "../other", "-e .")) {
            write("orders/requirements.txt", line + "\n");
            assertThatThrownBy(() -> build("spec: {build: {path: orders}}")).hasMessageContaining("NUC-6006");
        }
    }

    private static void wheel(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            String info = "tiny_thing-1.0.dist-info/";
            for (String[] entry : new String[][] {
                {"tiny_thing.py", "THING = 1"},
                {info + "METADATA", "Metadata-Version: 2.1\nName: tiny-thing\nVersion: 1.0\n"},
                {info + "WHEEL", "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n"},
                {info + "RECORD", "tiny_thing.py,,\n" + info + "METADATA,,\n" + info + "WHEEL,,\n" + info + "RECORD,,\n"
                }
            }) {
                zip.putNextEntry(new ZipEntry(entry[0]));
                zip.write(entry[1].getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private BuildReport build(String config) {
        return build(config, Format.FOLDER);
    }

    private BuildReport build(String config, Format format) {
        BuildOrder order = new BuildOrder(
                FunctionReader.read(config, "function.yaml").asFarAsRead(),
                folder,
                new Artifact(format, folder.resolve("out"), ""),
                new BuildOrder.Tools(
                        folder,
                        Path.of(System.getProperty("java.home")),
                        folder.resolve("cache"),
                        AddressRule.PUBLIC,
                        CodeLimits.DEFAULT,
                        ReadOptions.DEFAULT));
        return new Builder(Clock.systemUTC()).build(order, log::add);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.sorted().toList();
        }
    }
}
