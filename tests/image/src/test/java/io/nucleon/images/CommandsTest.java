package io.nucleon.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.support.NucleonCommand.Ended;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Images that Docker builds, because commands belong to them. */
class CommandsTest extends DockerTest {
    private static final String READER = """
            import os

            def handler(context, event):
                with open(event.body.decode()) as file:
                    return f"{file.read().strip()} {os.getuid()}"
            """;

    @Test
    void runsCommandsBeforeAndBehindTheCode() throws IOException {
        workshop.write("commanded/main.py", READER).write("commanded/function.yaml", """
                spec:
                  build:
                    args: {WORD: argument}
                    commands:
                      - echo "before $WORD $(ls /opt/nuclio/main.py 2>/dev/null)" > /before
                      - '@nuclio.postCopy'
                      - echo behind \\
                      - $(ls /opt/nuclio/main.py) > /behind
                """);

        Ended built = build("commanded", "--format", "image");

        assertThat(engine.docker("image", "inspect", "--format", "{{.Id}}", "nuclio/processor-commanded"))
                .isEqualTo(digest(built));
        try (Container container = Container.run(engine, "nuclio/processor-commanded")) {
            container.awaitHealthy();
            assertThat(container.post("/before")).isEqualTo("200 before argument " + NOBODY);
            assertThat(container.post("/behind")).isEqualTo("200 behind /opt/nuclio/main.py " + NOBODY);
        }
    }

    /** From a repository in the image, so that the test needs nobody else's. */
    @Test
    void installsPackagesOfTheSystem() throws IOException {
        workshop.write("packaged/main.py", """
                import subprocess

                def handler(context, event):
                    return subprocess.run(["greet"], capture_output=True, text=True, check=True).stdout
                """)
                .write("packaged/repository.sh", """
                mkdir -p /packages greet/DEBIAN greet/usr/bin
                cat > greet/DEBIAN/control <<'END'
                Package: greet
                Version: 1.0
                Architecture: all
                Maintainer: Tests
                Description: greets
                END
                printf '#!/bin/sh\\necho hello from a package\\n' > greet/usr/bin/greet
                chmod 755 greet/usr/bin/greet
                dpkg-deb --build greet /packages/greet.deb
                {
                    cat greet/DEBIAN/control
                    echo "Filename: greet.deb"
                    echo "Size: $(stat -c %s /packages/greet.deb)"
                    echo "SHA256: $(sha256sum /packages/greet.deb | cut -d ' ' -f 1)"
                } > /packages/Packages
                rm -rf /etc/apt/sources.list /etc/apt/sources.list.d/*
                echo 'deb [trusted=yes] file:/packages ./' > /etc/apt/sources.list
                """)
                .write("packaged/function.yaml", """
                spec:
                  build:
                    commands:
                      - '@nuclio.postCopy'
                      - cd /tmp && sh -e /opt/nuclio/repository.sh
                      - apt-get update && apt-get install -y greet
                """);

        build("packaged", "--format", "image");

        try (Container container = Container.run(engine, "nuclio/processor-packaged")) {
            container.awaitHealthy();
            assertThat(container.post("")).isEqualTo("200 hello from a package");
        }
    }

    @Test
    void takesDirectivesAndWhatAnOnbuildImageMakes() throws IOException {
        workshop.write("onbuild/Dockerfile", "FROM " + baseName() + """

                ONBUILD ARG NUCLIO_BUILD_LOCAL_HANDLER_DIR
                ONBUILD COPY ${NUCLIO_BUILD_LOCAL_HANDLER_DIR} /taken
                ONBUILD RUN mkdir -p /opt/nuclio && ls /taken > /opt/nuclio/taken.txt
                """);
        engine.docker(
                "build",
                "--quiet",
                "--tag",
                "nucleon-tests/onbuild",
                path("onbuild").toString());
        workshop.write("directed/main.py", READER).write("directed/function.yaml", """
                spec:
                  build:
                    onbuildImage: nucleon-tests/onbuild
                    directives:
                      preCopy: [{kind: ENV, value: FROM_DIRECTIVE=yes}]
                      postCopy: [{kind: RUN, value: 'echo $FROM_DIRECTIVE > /directed'}]
                """);

        build("directed", "--format", "image", "-r", registry.host(), "--no-pull");

        try (Container container = Container.run(engine, registry.host() + "/nuclio/processor-directed")) {
            container.awaitHealthy();
            assertThat(container.post("taken.txt")).startsWith("200 main.py");
            assertThat(container.post("/directed")).isEqualTo("200 yes " + NOBODY);
        }
    }

    @Test
    void writesThemAsTarsToo() throws IOException {
        workshop.write("tarred/main.py", READER);

        build("tarred", "--format", "oci", "--build-command", "echo built > /built");

        assertThat(path("tarred.oci/oci-layout")).exists();
    }

    @Test
    void showsTheLastLinesOfACommandThatFails() throws IOException {
        workshop.write("failing/main.py", READER);

        Ended built = workshop.build(
                "failing", "--format", "image", "--base-image", base, "--build-command", "echo last words; exit 7");

        assertThat(built.exit()).as(built.err()).isEqualTo(4);
        assertThat(built.err()).contains("error[NUC-6011]", "last words");
    }

    @Test
    void refusesFlagsThatReachFilesOfTheBuilder() throws IOException {
        workshop.write("spying/main.py", READER)
                .write(
                        "spying/function.yaml",
                        "spec: {build: {commands: [ls], flags: ['--secret id=x,src=/etc/shadow']}}\n");

        Ended built = workshop.build("spying", "--format", "image", "--base-image", base);

        assertThat(built.exit()).as(built.err()).isEqualTo(4);
        assertThat(built.err()).contains("error[NUC-6011]", "--secret");
    }

    private static String baseName() {
        return base.substring("docker:".length());
    }

    private Path path(String name) {
        return workshop.path(name);
    }
}
