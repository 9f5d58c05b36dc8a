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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Dockerfile that a build tells, without an engine and without a JDK to link. */
class DockerfileOfBuildTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    @TempDir
    Path folder;

    @BeforeEach
    void writeFunction() throws IOException {
        Files.writeString(
                Files.createDirectory(folder.resolve("orders")).resolve("main.py"),
                "def handler(context, event): pass\n");
    }

    @Test
    void isToldForAFunctionThatNeedsNoCommands() {
        BuildReport report = build("baseImage: 'mine/python:3'");

        assertThat(report.steps())
                .extracting(BuildReport.Taken::name)
                .containsExactly("code", "function.yaml", "dependencies", "folder", "dockerfile");
        assertThat(report.dockerfile().orElseThrow().lines())
                .containsSubsequence(
                        "FROM mine/python:3",
                        "COPY java/ /",
                        "COPY nucleon/ /",
                        "COPY code/ /",
                        "LABEL \"io.nucleon.code\"=\"" + report.digest() + "\"",
                        "USER 65532:65532",
                        "CMD [\"processor\"]");
        assertThat(report.image()).isEqualTo("nuclio/processor-orders:latest");
        assertThat(report.artifact()).isNull();
        assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    void holdsTheFunctionsCommandsButNotItsSecrets() {
        assertThat(build("commands: ['curl -H hunter2hunter2 x', apt-get install -y jq]")
                        .dockerfile())
                .get()
                .asString()
                .contains("FROM python:3.11-slim\n", "RUN curl -H **** x\n", "RUN apt-get install -y jq\n")
                .doesNotContain("hunter2hunter2");
    }

    @Test
    void namesATarsImageAsDockerWill() throws IOException {
        assertThat(fromTar("[{\"Config\":\"" + HASH + ".json\",\"RepoTags\":[\"my/base:2\"]}]"))
                .startsWith("FROM my/base:2\n");
        assertThat(fromTar("[{\"Config\":\"blobs/sha256/" + HASH + "\",\"RepoTags\":null}]"))
                .startsWith("FROM sha256:" + HASH + "\n");
        for (String broken : List.of("[]", "{", "[{\"Config\":\"x y\"}]", "[{\"RepoTags\":[\"\"]}]")) {
            assertThatThrownBy(() -> fromTar(broken)).hasMessageContaining("NUC-6007");
        }
    }

    @Test
    void isNotToldWhereADockerfileMayNotHoldIt() {
        assertThatThrownBy(() -> build("directives: {preCopy: [{kind: FROM, value: other}]}"))
                .hasMessageContaining("NUC-6011");
    }

    private String fromTar(String manifest) throws IOException {
        Path tar = folder.resolve("base.tar");
        try (var out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
            byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
            var entry = new TarArchiveEntry("manifest.json");
            entry.setSize(bytes.length);
            out.putArchiveEntry(entry);
            out.write(bytes);
            out.closeArchiveEntry();
        }
        return build("baseImage: 'tar:" + tar + "'").dockerfile().orElseThrow();
    }

    private BuildReport build(String build) {
        String config = "metadata: {name: orders}\nspec:\n  env: [{name: TOKEN, value: hunter2hunter2}]\n  build:\n"
                + "    path: orders\n" + build.indent(4);
        BuildOrder order = new BuildOrder(
                FunctionReader.read(config, "function.yaml").asFarAsRead(),
                folder,
                new Artifact(Format.DOCKERFILE, null, ""),
                new BuildOrder.Tools(
                        folder,
                        folder.resolve("no-jdk"),
                        folder.resolve("cache"),
                        AddressRule.PUBLIC,
                        CodeLimits.DEFAULT,
                        ReadOptions.DEFAULT));
        return new Builder(Clock.systemUTC()).build(order, line -> {});
    }
}
