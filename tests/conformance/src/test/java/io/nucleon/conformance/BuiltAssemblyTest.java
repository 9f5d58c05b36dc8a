package io.nucleon.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.support.FileTree;
import io.nucleon.support.RawClient;
import io.nucleon.support.SourceTree;
import io.nucleon.support.TestProcessor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A .NET function that comes without source: what a project's build has left behind, and a function.yaml. */
class BuiltAssemblyTest {

    private static final Path COMPILE = SourceTree.top().resolve("wrappers/dotnet/compile.sh");

    @TempDir
    private Path folder;

    @Test
    void isServed() throws Exception {
        String wrapper = compile("wrapper", "dotnet")
                .lines()
                .filter(line -> line.startsWith("folder="))
                .map(line -> line.substring("folder=".length()))
                .findFirst()
                .orElseThrow();
        Path project = SourceTree.functions("dotnet").resolve("project");
        // What the build says comes before.
        Path assembly = Path.of(compile("function", "dotnet", project.toString(), wrapper)
                .lines()
                .toList()
                .getLast());
        Path function = folder.resolve("built");
        FileTree.copy(assembly.getParent(), function);
        Files.writeString(
                function.resolve("function.yaml"),
                "spec: {runtime: dotnetcore, handler: \"Project.Handler:Handle\"}\n");

        TestProcessor processor =
                TestProcessor.start(new TestProcessor.Setting("built-assembly", function, List.of(), Map.of()));
        try (RawClient client = processor.connect()) {
            String text = client.send("GET / HTTP/1.1\r\nHost: here\r\n\r\n")
                    .read(false)
                    .text();

            assertThat(text).as(processor.output()).isEqualTo("an embedded text");
        } finally {
            assertThat(processor.stop()).isEmpty();
            processor.forgetEvidence();
        }
    }

    private static String compile(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", COMPILE.toString()));
        for (String word : words) {
            command.add(word.equals("dotnet") ? onPath() : word);
        }
        return output(command);
    }

    private static String onPath() throws IOException, InterruptedException {
        return output(List.of("sh", "-c", "command -v dotnet")).strip();
    }

    private static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
