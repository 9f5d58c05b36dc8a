package io.nucleon.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.error.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HelpPageTest {
    private static final Path REFERENCE = Path.of("..", "docs", "cli.md");

    @Test
    void isWhatTheFlagsDeclare() throws IOException {
        Path fresh = Path.of("target", "cli.md");
        Files.writeString(fresh, CliReference.markdown());

        assertThat(Files.readString(REFERENCE))
                .as("docs/cli.md; if the change is meant, copy command/target/cli.md over it")
                .isEqualTo(CliReference.markdown());
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void showsOnScreenWhatTheReferenceSays(Verb verb) throws IOException {
        String full = HelpPage.full(verb, Look.PLAIN);

        assertThat(Files.readString(REFERENCE)).contains("```text\n" + full + "```");
        assertThat(HelpPage.full(verb, new Look(true, true)).replaceAll("\u001b\\[\\d+m", ""))
                .isEqualTo(full);
        assertThat(HelpPage.full(verb, new Look(false, false))).matches("[\\p{ASCII}]*");
        assertThat(full.lines()).as("wraps on no usual terminal").allMatch(line -> line.length() <= 120);
    }

    @Test
    void startsTheShortPageWithTwoExamples() {
        assertThat(HelpPage.brief(Verb.EXPLAIN, Look.PLAIN)).isEqualTo("""
                          nucleon explain last
                          nucleon explain NUC-4021

                        nucleon explain CODE|FIELD|last [flags]    the page of an error code or of a field of function.yaml

                          CODE|FIELD|last             an error code, a field of function.yaml, or the last error

                        all of it: nucleon help explain
                        """);
        assertThat(HelpPage.brief(Verb.RUN, Look.PLAIN))
                .contains("--transport KIND")
                .doesNotContain("--namespace");
    }

    @Test
    void groupsTheVerbsByWhatAUserIsAboutToDo() {
        Product product = new Product("1.2.3", "abc1234", "1.0", "1.14.1");

        assertThat(HelpPage.overview(product, Look.PLAIN)).isEqualTo("""
                        nucleon 1.2.3 · runs nuclio's functions as they are, on HTTP and events

                        Start    new          write a function that runs as it is
                                 templates    what new can write: built in, or pulled from elsewhere
                                 run          serve functions on this machine
                        Try      invoke       call a function
                                 events       make, send, keep and show events of any kind of trigger
                                 replay       send dead letters and recorded events again
                                 test         run the test cases beside a function
                        Measure  bench        load a function and explain the latency
                                 conformance  check a language's wrapper against the protocol
                        Ship     build        make a portable folder or an image
                                 deploy       build, start, wait until ready, take over
                                 delete       end deployed functions and remove what there is of them
                                 processor    serve one function, as images do
                        Look     list         functions, their triggers, projects; templates, events
                                 get          a function, a project or all settings in full
                                 logs         what functions logged and printed
                                 doctor       what this machine has, and what that keeps from running
                                 explain      the page of an error code or of a field of function.yaml
                                 help         a verb in full, or a topic
                                 completion   the completion script of a shell
                                 version      versions of product, Java, wire protocol and nuclio

                        new here?  nucleon new hello && nucleon run hello     then, in another terminal:  nucleon invoke hello
                        flags      nucleon VERB -h
                        """);
    }
}
