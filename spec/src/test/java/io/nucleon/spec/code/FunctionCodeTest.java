package io.nucleon.spec.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.spec.FunctionSpec;
import io.nucleon.spec.Read;
import io.nucleon.spec.ReadOptions;
import io.nucleon.spec.problem.Problem;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionCodeTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "main.py|def handler(context, event): pass|python|main:handler",
                "main.py|def load(context, event): pass|python|main:load",
                "app.rb|def serve(context, event)|ruby|app:serve",
                "main.js|exports.go = 1|nodejs|main:go",
                "Rev.java|public class Rev implements EventHandler {}|java|Rev",
                "a.cs|public object H(Context c, Event e) {}|dotnetcore|:H",
                "run.sh|echo hi|shell|run.sh"
            })
    void tellsRuntimeAndHandlerFromAFile(String name, String source, String runtime, String handler)
            throws IOException {
        write(name, source);

        FunctionSpec spec =
                FunctionCode.find(folder.resolve(name)).value().config().spec();

        assertThat(spec.runtime().name()).isEqualTo(runtime);
        assertThat(spec.handler()).isEqualTo(handler);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "main.py|def handler(context, event): pass",
                "main.js|exports.handler = 1",
                "main.rb|def handler(context, event)"
            })
    void findsTheMainFileOfAFolder(String name, String source) throws IOException {
        write(name, source);
        write("other.sh", "");

        FunctionCode code = FunctionCode.find(folder).value();

        assertThat(code.entry()).contains(folder.resolve(name));
        assertThat(code.isRunnable()).isTrue();
        assertThat(code.lookedFor()).isEmpty();
    }

    @Test
    void findsTheEventHandlerAmongTheJavaFilesOfAFolder() throws IOException {
        write("Bill.java", "package shop;\npublic class Bill {}");
        write("Web.java", "package shop;\npublic class Web implements EventHandler {}");

        assertThat(FunctionCode.find(folder).value().config().spec().handler()).isEqualTo("shop.Web");
    }

    @Test
    void saysWhatItLookedFor() throws IOException {
        write("app.py", "");

        FunctionCode code = FunctionCode.find(folder).value();

        assertThat(code.isRunnable()).isFalse();
        assertThat(code.lookedFor()).containsExactly("main.py", "main.js", "main.rb", "*.java", "*.cs", "*.sh");
    }

    @Test
    void theFileOfAFolderWinsOverWhatItsCodeTells() throws IOException {
        write("function.yaml", "metadata: {name: bills}\nspec: {runtime: python, handler: 'app:load'}");
        write("app.py", "def load(context, event): pass");
        write("main.py", "def handler(context, event): pass");

        FunctionCode code = FunctionCode.find(folder).value();

        assertThat(code.config().name()).isEqualTo("bills");
        assertThat(code.entry()).contains(folder.resolve("app.py"));
        assertThat(code.names().all()).containsExactly("load");
    }

    @Test
    void fillsARuntimeThatTheFileLeavesOut() throws IOException {
        write("function.yaml", "metadata: {name: bills}");
        write("main.js", "exports.handler = 1");

        FunctionSpec spec = FunctionCode.find(folder).value().config().spec();

        assertThat(spec.runtime().name()).isEqualTo("nodejs");
        assertThat(spec.handler()).isEqualTo("main:handler");
    }

    @Test
    void whatIsGivenWinsOverTheFile() throws IOException {
        write(
                "function.yaml",
                "metadata: {name: a}\nspec: {runtime: python, handler: 'a:b', env: [{name: A, value: file}]}");
        var given = (MapNode) Node.of(Map.of("spec", Map.of("handler", "main:handler")));

        FunctionSpec spec = FunctionCode.find(folder, given, ReadOptions.DEFAULT)
                .value()
                .config()
                .spec();

        assertThat(spec.handler()).isEqualTo("main:handler");
        assertThat(spec.env()).hasSize(1);
    }

    @Test
    void readsTheBlockInAFilesComments() throws IOException {
        write("main.py", """
                # @nuclio.configure
                #
                # function.yaml:
                #   metadata: {name: bills}
                #   spec: {handler: "main:load"}

                def load(context, event): pass
                """);

        FunctionCode code = FunctionCode.find(folder.resolve("main.py")).value();

        assertThat(code.config().name()).isEqualTo("bills");
        assertThat(code.config().spec().handler()).isEqualTo("main:load");
    }

    @Test
    void everyProblemIsReportedOnce() throws IOException {
        write("function.yaml", "spec: {runtime: python, version: two}");
        write("main.py", "def handler(context, event): pass");

        Read<FunctionCode> read = FunctionCode.find(folder);

        assertThat(read.problems()).extracting(Problem::path).containsExactly("spec.version");
    }

    @ParameterizedTest
    @CsvSource({"main.txt, Unsupported file extension: txt", "main, Filepath main has no extension"})
    void saysThatAFileTellsNoRuntime(String name, String why) throws IOException {
        write(name, "");

        Problem problem = FunctionCode.find(folder.resolve(name)).problems().getFirst();

        assertThat(problem.code().code()).isEqualTo("NUC-1038");
        assertThat(problem.why()).isEqualTo(why);
    }

    @Test
    void aHandlerCannotLeadOutOfItsFolder() throws IOException {
        write("function.yaml", "spec: {runtime: nodejs, handler: '../../etc/passwd:x'}");

        assertThat(FunctionCode.find(folder).asFarAsRead().entry()).isEmpty();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
