package io.nucleon.builder.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.spec.FunctionReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a function's instructions become, and what may not stand among them. */
class DockerfileTest {

    @Test
    void hasNucliosOrder() {
        assertThat(dockerfile("""
                        directives:
                          preCopy: [{kind: RUN, value: apt-get install curl}]
                          postCopy: [{kind: ENV, value: A=b}]
                        args: {MIRROR: here, UNSET: ''}
                        onbuildImage: 'my/onbuild:{{ .Label }}-{{.Arch}}'
                        """)).isEqualTo("""
                        FROM my/onbuild:1.14.1-amd64 AS onbuild
                        WORKDIR /opt/nuclio
                        FROM base:1
                        ARG NUCLIO_LABEL
                        ARG NUCLIO_ARCH
                        ARG NUCLIO_BUILD_LOCAL_HANDLER_DIR
                        ARG MIRROR
                        RUN apt-get install curl
                        COPY --from=onbuild /opt/nuclio/ /opt/nuclio/
                        COPY java/ /
                        COPY code/ /
                        LABEL "org.opencontainers.image.title"="orders"
                        LABEL "io.nucleon.function"="orders"
                        LABEL "io.nucleon.runtime"="python"
                        LABEL "io.nucleon.handler"="main:\\"\\$x"
                        LABEL "io.nucleon.code"="sha256:1"
                        LABEL "io.nucleon.sbom"="/opt/nuclio/.nucleon/sbom.cdx.json"
                        ENV NUCLEON_HOME="/opt/nucleon"
                        EXPOSE 8080 8082
                        HEALTHCHECK --interval=1000ms --timeout=3000ms CMD ["/usr/local/bin/uhttpc", "--url", "http://127.0.0.1:8082/ready"]
                        ENV A=b
                        WORKDIR /opt/nuclio
                        USER 65532:65532
                        CMD ["processor"]
                        """);
    }

    @Test
    void runsCommandsInPlaceOfDirectives() {
        assertThat(dockerfile("""
                        commands: ['first \\', 'goes on', '@nuclio.postCopy', last]
                        directives: {preCopy: [{kind: RUN, value: never}]}
                        """).lines().filter(line -> line.startsWith("RUN") || line.startsWith("COPY")))
                .containsExactly("RUN first goes on", "COPY java/ /", "COPY code/ /", "RUN last");
    }

    @Test
    void leavesTheUserToTheFunction() {
        assertThat(dockerfile("directives: {postCopy: [{kind: user, value: '1000'}]}"))
                .contains("user 1000")
                .doesNotContain("65532");
    }

    @Test
    void refusesWhatNoDockerfileMayHold() {
        assertThatThrownBy(() -> dockerfile("directives: {preCopy: [{kind: FROM, value: other}]}"))
                .hasMessageContaining("NUC-6011")
                .hasMessageContaining("FROM");
        assertThatThrownBy(() -> dockerfile("{commands: [x], args: {'A B': c}}"))
                .hasMessageContaining("NUC-6011")
                .hasMessageContaining("A B");
        assertThatThrownBy(() -> dockerfile("commands: [\"true\\nFROM other\"]"))
                .hasMessageContaining("NUC-6011")
                .hasMessageContaining("backslash");
        assertThat(dockerfile("commands: [\"echo \\\\\\n  more\\n\"]")).contains("RUN echo \\\n  more\n");
        assertThatThrownBy(() -> dockerfile("onbuildImage: '--platform=x y'")).hasMessageContaining("NUC-6011");
    }

    private static String dockerfile(String build) {
        String config = "metadata: {name: orders}\nspec:\n  runtime: python\n  handler: 'main:\"$x'\n  build:\n"
                + build.indent(4);
        ImagePlan plan = new ImagePlan(
                new Base.Named("base:1"),
                "orders:1",
                FunctionReader.read(config, "function.yaml").asFarAsRead(),
                "sha256:1",
                new ImagePlan.Folders(Path.of("home"), Path.of("java"), null, Path.of("function"), null));
        return Dockerfile.of(plan, "base:1", List.of("java", "code"), "amd64");
    }
}
