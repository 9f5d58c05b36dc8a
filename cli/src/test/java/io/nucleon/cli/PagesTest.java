package io.nucleon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.command.Product;
import io.nucleon.error.ErrorCode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transcripts of the verbs that show a page, and of command lines that are wrong. */
class PagesTest {
    private static final Product PRODUCT = Product.installed();

    @TempDir
    Path home;

    @Test
    void version() {
        String java = System.getProperty("java.version");

        assertThat(run("version"))
                .hasToString("nucleon " + PRODUCT.version() + "\ncommit  " + PRODUCT.commit() + "\njava    " + java
                        + "\nwire    1.0\nnuclio  1.14.1\nexit 0\n");
        assertThat(run("--version")).hasToString(run("version").toString());
        assertThat(run("invoke", "-V")).hasToString(run("version").toString());
    }

    @Test
    void versionForPrograms() {
        assertThat(run("version", "-o", "json").out())
                .isEqualTo("{\"apiVersion\":\"v1\",\"kind\":\"version\",\"version\":\"" + PRODUCT.version()
                        + "\",\"commit\":\""
                        + PRODUCT.commit() + "\",\"java\":\"" + System.getProperty("java.version")
                        + "\",\"wire\":\"1.0\",\"nuclio\":\"1.14.1\"}\n");
        assertThat(run("-o", "yaml", "version").out()).startsWith("---\napiVersion: \"v1\"\nkind: \"version\"\n");
        assertThat(Transcript.in(home)
                        .with("NUCLEON_OUTPUT", "json")
                        .run("version")
                        .out())
                .startsWith("{");
    }

    @Test
    void bareCommand() {
        Transcript bare = run();

        assertThat(bare.exit()).isZero();
        assertThat(bare.out())
                .startsWith("nucleon " + PRODUCT.version() + " · ")
                .contains("\nTry      invoke       call a function\n");
        assertThat(run("-h")).hasToString(bare.toString());
        assertThat(Transcript.in(home).typed().run().out()).contains("\u001b[34mTry      \u001b[0minvoke");
        assertThat(Transcript.in(home).ascii().run().out())
                .matches("\\p{ASCII}*")
                .contains(" - runs nuclio's");
    }

    @Test
    void explainACode() {
        assertThat(run("explain", "NUC-8004")).hasToString("""
                        NUC-8004 no answer in time
                        exit 28 · HTTP –

                        The call took longer than --timeout allows. The function may still be working on the event.

                        - Wait longer: --timeout 5m.
                        - Give the function a limit, so that the event ends by itself: spec.eventTimeout.

                          error[NUC-8004]: no answer from orders within 60 s
                            why   the connection is open, the answer has not come
                            do    --timeout 5m
                                  nucleon explain NUC-8004
                        exit 0
                        """);
        assertThat(run("explain", "8004"))
                .hasToString(run("explain", "nuc-8004").toString());
        assertThat(run("explain", "8004", "-o", "json").out())
                .startsWith(
                        "{\"apiVersion\":\"v1\",\"kind\":\"page\",\"code\":\"NUC-8004\",\"title\":\"no answer in time\",\"exit\":28,")
                .contains("\"text\":\"exit 28 · HTTP –\\n\\nThe call took");
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void explainEveryCode(ErrorCode code) {
        Transcript page = run("explain", code.code());

        assertThat(page.exit()).isZero();
        assertThat(page.out())
                .startsWith(code.code() + " " + code.title() + "\n")
                .doesNotContain("```", "`");
        assertThat(ErrorPages.packed().firstFix(code)).isNotEmpty();
    }

    @Test
    void explainLast() {
        assertThat(run("explain", "last")).hasToString("""
                        error[NUC-8005]: no error to explain
                          why   no command of yours has failed yet
                          do    all codes: nucleon help errors
                                nucleon explain NUC-8005
                        exit 6
                        """);
        run("invok");
        run("explain", "nonsense");

        assertThat(run("explain", "last").out()).startsWith("""
                        error[NUC-8001]: no verb 'invok'
                          do    did you mean 'invoke'?
                                nucleon explain NUC-8001

                        NUC-8001 the command line can't be read
                        """);
        assertThat(run("explain", "last", "-o", "json").out()).startsWith("{\"error\":{\"code\":\"NUC-8001\"");
    }

    @Test
    void explainWhatIsNoCode() {
        assertThat(run("explain", "NUC-802")).hasToString("""
                        error[NUC-8005]: no page for 'NUC-802'
                          do    did you mean 'NUC-8002'?
                                nucleon explain NUC-8005
                        exit 6
                        """);
    }

    @Test
    void explainAField() {
        assertThat(run("explain", "spec.triggers.orders.retry")).hasToString("""
                        spec.triggers.orders.retry (function.yaml)
                          what      when an event that failed is tried again; durable sources
                          type      mapping
                          nuclio    doesn't have it and ignores it
                          below     maxAttempts, backoff, maxBackoff, jitter, onStatus
                        exit 0
                        """);
        assertThat(run("explain", "SPEC.triggers.http.numworkers").out()).contains("\n  default   1\n");
        assertThat(run("explain", "spec").out())
                .startsWith("spec\n  below     ")
                .contains("handler");
        assertThat(run("explain", "numWorkers").out()).startsWith("spec.triggers.NAME.numWorkers (function.yaml)\n");
        assertThat(run("explain", "spec.eventTimeout", "-o", "json").out())
                .startsWith(
                        "{\"apiVersion\":\"v1\",\"kind\":\"field\",\"field\":\"spec.eventTimeout\",\"meanings\":[{\"file\":\"function.yaml\",");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spec.trigers              | did you mean 'spec.triggers'?",
                "spec.triggers.a.numWorker | did you mean 'spec.triggers.a.numWorkers'?",
                "spce.triggers             | did you mean 'spec'?",
                "spec.nothinglikeit        | all codes: nucleon help errors",
            })
    void explainWhatIsNoField(String field, String fix) {
        Transcript run = run("explain", field);

        assertThat(run.exit()).isEqualTo(6);
        assertThat(run.err()).contains("error[NUC-8005]: no page for '" + field + "'\n  do    " + fix + "\n");
    }

    @Test
    void asksWhichOfSeveralFields() {
        assertThat(run("explain", "name").err()).contains("which one? ");
    }

    @Test
    void help() {
        assertThat(run("help", "invoke").out())
                .startsWith("nucleon invoke NAME|PATH [flags]")
                .contains("\nFlags of every verb\n");
        assertThat(run("invoke", "-h").out())
                .startsWith("  nucleon invoke orders")
                .doesNotContain("Flags of every verb");
        assertThat(run("invoke", "x", "--help", "-v").out())
                .isEqualTo(run("invoke", "-h").out());
        assertThat(run("help").out()).endsWith("topics     nucleon help config|env|exit-codes|nuctl|errors\n");
        assertThat(run("help", "errors").out()).contains("\nNUC-3003    69  no free worker\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "env", "exit-codes", "nuctl", "errors"})
    void helpOnEveryTopic(String topic) {
        Transcript page = run("help", topic);

        assertThat(page.exit()).isZero();
        assertThat(page.out().lines()).hasSizeGreaterThan(5).allMatch(line -> line.length() <= 150);
    }

    /** As nuctl's own: its page with no word, with a word for help, and where a verb has no page of its own. */
    @Test
    void helpOfNuctl() {
        String page = run("help", "nuctl").out();

        for (List<String> words : List.of(
                List.of("nuctl"),
                List.of("nuctl", "help"),
                List.of("nuctl", "--help"),
                List.of("nuctl", "get", "functions", "-h"))) {
            Transcript said = run(words.toArray(String[]::new));
            assertThat(said.out()).as(words.toString()).isEqualTo(page);
            assertThat(said.exit()).as(words.toString()).isZero();
        }
        assertThat(run("nuctl", "deploy", "--help").out())
                .isEqualTo(run("deploy", "-h").out());
    }

    @Test
    void nuctlWithoutAKind() {
        assertThat(run("nuctl", "get")).hasToString("""
                        Error - nuctl get what? functions, projects or functionevents; see nuctl --help
                        exit 1
                        """);
    }

    @Test
    void helpOnWhatIsNone() {
        assertThat(run("help", "exitcodes")).hasToString("""
                        error[NUC-8005]: no help for 'exitcodes'
                          do    did you mean 'exit-codes'?
                                nucleon explain NUC-8005
                        exit 6
                        """);
    }

    @Test
    void typoInAVerb() {
        assertThat(run("invok", "orders")).hasToString("""
                        error[NUC-8001]: no verb 'invok'
                          do    did you mean 'invoke'?
                                nucleon explain NUC-8001
                        exit 2
                        """);
        assertThat(Transcript.in(home).typed().run("invok").err()).startsWith("\u001b[31merror\u001b[0m[NUC-8001]");
        assertThat(Transcript.in(home)
                        .typed()
                        .with("NO_COLOR", "1")
                        .run("invok")
                        .err())
                .startsWith("error[NUC-8001]");
        assertThat(run("invok", "--color", "always").err()).startsWith("\u001b[31merror");
        assertThat(run("frobnicate").err())
                .contains("verbs: new, templates, run, invoke, events, replay, test, bench and 13 more\n");
    }

    @Test
    void errorsForPrograms() {
        assertThat(run("-o", "json", "invok"))
                .hasToString(
                        "{\"error\":{\"code\":\"NUC-8001\",\"title\":\"no verb 'invok'\",\"why\":null,\"fix\":[\"did you mean"
                                + " 'invoke'?\"],\"file\":null,\"line\":null,\"column\":null,\"event\":null,\"exit\":2,\"detail\":null}}\n"
                                + "exit 2\n");
    }

    @Test
    void typoInAFlag() {
        assertThat(run("invoke", "orders", "--methd", "GET")).hasToString("""
                        error[NUC-8001]: invoke has no flag '--methd'
                          do    did you mean '--method'?
                                nucleon explain NUC-8001
                        exit 2
                        """);
    }

    @Test
    void refusesAFormThatTheVerbDoesNotHave() {
        assertThat(run("version", "-o", "name").exit()).isEqualTo(2);
        assertThat(run("version", "-o", "jsn").err()).contains("did you mean 'json'?");
    }

    @Test
    void saysThatAVerbBelongsToAnotherProcess() {
        Transcript run = run("run", "orders");

        assertThat(run.exit()).isEqualTo(70);
        assertThat(run.err()).startsWith("error[NUC-9001]: 'run' was started in the wrong process\n");
    }

    private Transcript run(String... words) {
        return Transcript.in(home).run(words);
    }
}
