package io.nucleon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.command.CommandReader;
import io.nucleon.command.DeployOptions;
import io.nucleon.command.FlagSources;
import io.nucleon.command.Verb;
import io.nucleon.spec.FunctionConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenFunctionTest {
    @TempDir
    Path folder;

    @Test
    void takesAPathAndWhatItsFilesSay() throws IOException {
        write("orders/main.py", "def handler(context, event): pass\n");
        write("orders/function.yaml", "metadata: {name: my-orders}\nspec: {env: [{name: A, value: a}]}\n");

        GivenFunction function = read("orders", "-e", "B=b", "--desc", "text");

        assertThat(function.local()).contains(folder.resolve("orders"));
        assertThat(function.config().spec().build().path())
                .isEqualTo(folder.resolve("orders").toString());
        assertThat(function.config().name()).isEqualTo("my-orders");
        assertThat(function.config().spec().description()).isEqualTo("text");
    }

    @Test
    void takesAWordAsANameWhenAFlagSaysWhereTheCodeIs() throws IOException {
        write("orders/main.py", "def handler(context, event): pass\n");

        assertThat(read("billing", "--path", "orders").config().name()).isEqualTo("billing");
        assertThat(read("billing", "--source", "x", "--runtime", "python", "--handler", "main:handler")
                        .local())
                .isEmpty();
    }

    @Test
    void leavesFetchingToTheBuildWhenTheFileSaysThatTheCodeIsElsewhere() throws IOException {
        write("orders/function.yaml", """
                spec:
                  runtime: python
                  handler: main:handler
                  build: {path: "https://example.com/x.git", codeEntryType: git, codeEntryAttributes: {branch: main}}
                """);

        GivenFunction function = read("orders");

        assertThat(function.local()).isEmpty();
        assertThat(function.config().spec().build().path()).isEqualTo("https://example.com/x.git");
    }

    @Test
    void takesNuctlsFlags() throws IOException {
        write("orders/main.py", "def handler(context, event): pass\n");

        FunctionConfig config = read(
                        "x",
                        "-p",
                        "orders",
                        "-r",
                        "host:5000",
                        "-i",
                        "img",
                        "--build-command",
                        "pip install a",
                        "--build-command",
                        "b",
                        "-l",
                        "k=v,k2=v2",
                        "--triggers",
                        "{\"t\":{\"kind\":\"cron\",\"attributes\":{\"interval\":\"3s\"}}}",
                        "--volume",
                        "/a:/b",
                        "--resource-limit",
                        "memory=64M",
                        "--logger-level",
                        "debug",
                        "--replicas",
                        "-1",
                        "--max-replicas",
                        "3")
                .config();

        assertThat(config.spec().build().commands()).containsExactly("pip install a", "b");
        assertThat(config.spec().build().images().registry()).isEqualTo("host:5000");
        assertThat(config.metadata().labels()).containsEntry("k", "v").containsEntry("k2", "v2");
        assertThat(config.spec().triggers().get("t").kind()).isEqualTo("cron");
        assertThat(config.spec().volumes()).hasSize(1);
        assertThat(config.raw().map("spec").get("replicas")).isEmpty();
        assertThat(config.raw().map("spec").get("maxReplicas")).isPresent();
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> read("nowhere")).hasMessageContaining("NUC-1034");
        assertThatThrownBy(() -> read(".", "--triggers", "{]")).hasMessageContaining("NUC-8001");
    }

    @Test
    void findsTheLinesThatDiffer() {
        assertThat(DeployDiff.of("a\nb\nc\n", "a\nx\nc\nd\n")).containsExactly("- b", "+ x", "+ d");
        assertThat(DeployDiff.of("a\n", "a\n")).isEmpty();
        assertThat(DeployDiff.of("", "a\n")).containsExactly("+ a");
    }

    private GivenFunction read(String... words) {
        DeployOptions options =
                CommandReader.read(Verb.DEPLOY, new DeployOptions(), List.of(words), FlagSources.variables(Map.of()));
        return GivenFunction.of(options, folder);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
