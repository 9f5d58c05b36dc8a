package io.nucleon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.command.CommandReader;
import io.nucleon.command.FlagSources;
import io.nucleon.command.RunOptions;
import io.nucleon.command.Verb;
import io.nucleon.command.VerbOptions;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.NucleonException;
import io.nucleon.spec.ReadOptions;
import io.nucleon.spec.problem.Problem;
import io.nucleon.spec.problem.SpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlansTest {

    private static final String HANDLER = "def handler(context, event):\n    return 'hello'\n";

    @TempDir
    private Path folder;

    private List<Plan> plans(String... words) {
        VerbOptions options =
                CommandReader.read(Verb.RUN, Verb.RUN.options(), List.of(words), FlagSources.variables(Map.of()));
        ReadOptions reading =
                ReadOptions.DEFAULT.withRuntimes(List.of("python", "java")).withTriggerKinds(List.of("http", "cron"));
        return new Plans((RunOptions) options, reading).read();
    }

    private Path write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    private String at(String path) {
        return folder.resolve(path).toString();
    }

    @Test
    void aFolderWithCodeIsOneFunctionWhateverLiesBelowIt() throws IOException {
        write("orders/main.py", HANDLER);
        write("orders/helpers/main.py", HANDLER);

        assertThat(plans(at("orders"))).extracting(Plan::name).containsExactly("orders");
    }

    @Test
    void aFolderOfFunctionsIsAllOfThemByName() throws IOException {
        write("all/score/main.py", HANDLER);
        write(
                "all/orders/function.yaml",
                "metadata: {name: bestellungen}\nspec: {handler: app:run, runtime: python}\n");
        write("all/.hidden/main.py", HANDLER);
        write("all/node_modules/main.py", HANDLER);
        write("all/docs/README.md", "nothing to run");

        assertThat(plans(at("all"))).extracting(Plan::name).containsExactly("bestellungen", "score");
    }

    @Test
    void severalPathsKeepTheirOrderAndShareOneAddress() throws IOException {
        write("b.py", HANDLER);
        write("a/main.py", HANDLER);

        List<Plan> plans = plans(at("b.py"), at("a"));

        assertThat(plans).extracting(Plan::name).containsExactly("b", "a");
        assertThat(plans).allMatch(plan -> plan.overrides().address().isEmpty());
        assertThat(plans(at("a")).getFirst().overrides().address()).isEqualTo("127.0.0.1:8080");
    }

    @Test
    void eachHasTheEnvironmentBesideItAndAllTheOneOfTheCommandLine() throws IOException {
        write("a/main.py", HANDLER);
        write("a/.env", "OWN=a\nSHARED=file\n");
        write("b/main.py", HANDLER);

        List<Plan> plans = plans(folder.toString(), "--env", "SHARED=flag");

        assertThat(plans.getFirst().environment())
                .containsExactlyInAnyOrderEntriesOf(Map.of("OWN", "a", "SHARED", "flag"));
        assertThat(plans.getLast().environment()).isEqualTo(Map.of("SHARED", "flag"));
    }

    @Test
    void whatIsWrongWithAnyOfThemIsToldAtOnce() throws IOException {
        write("a/function.yaml", "spec: {runtime: pyton, handler: main:handler}\n");
        write("b/function.yaml", "spec: {runtime: golang, handler: main:handler}\n");
        write("c/function.yaml", "spec: {runtime: python, handler: main:handler, triggers: {t: {kind: crom}}}\n");

        assertThatThrownBy(() -> plans(folder.toString())).isInstanceOfSatisfying(SpecException.class, e -> {
            assertThat(e.problems())
                    .extracting(Problem::code)
                    .containsExactly(
                            ErrorCode.RUNTIME_UNKNOWN, ErrorCode.RUNTIME_UNSUPPORTED, ErrorCode.TRIGGER_KIND_UNKNOWN);
            assertThat(e.problems().get(0).fix()).contains("did you mean 'python'?");
            assertThat(e.problems().get(1).fix()).endsWith("here: python, java");
            assertThat(e.problems().get(2).fix()).contains("did you mean 'cron'?");
        });
    }

    @Test
    void twoFunctionsOfOneNameCantShareAnAddress() throws IOException {
        write("x/orders/main.py", HANDLER);
        write("y/orders/main.py", HANDLER);

        assertThatThrownBy(() -> plans(at("x/orders"), at("y/orders")))
                .isInstanceOfSatisfying(NucleonException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.FUNCTION_NAME_INVALID);
                    assertThat(e.error().why()).contains(at("x/orders")).contains("'orders'");
                });
    }

    @Test
    void aNameThatIsNoPartOfAnAddressIsRefusedWhereItHasToBeOne() throws IOException {
        write("x/main.py", HANDLER);
        write("y/function.yaml", "metadata: {name: 'a/b'}\nspec: {runtime: python, handler: main:handler}\n");

        assertThat(plans(at("y"))).extracting(Plan::name).containsExactly("a/b");
        assertThatThrownBy(() -> plans(at("x"), at("y")))
                .isInstanceOfSatisfying(
                        NucleonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FUNCTION_NAME_INVALID));
    }

    @Test
    void aFolderWithoutFunctionsSaysWhatWasLookedFor() throws IOException {
        write("docs/README.md", "nothing to run");

        assertThatThrownBy(() -> plans(at("docs"))).isInstanceOfSatisfying(NucleonException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.HANDLER_NOT_FOUND);
            assertThat(e.error().why())
                    .isEqualTo("no function.yaml, and main.py, main.js, main.rb, *.java, *.cs, *.sh were looked for");
            assertThat(e.error().fix()).containsExactly("name the file: nucleon run " + at("docs") + "/app.py");
        });
    }
}
