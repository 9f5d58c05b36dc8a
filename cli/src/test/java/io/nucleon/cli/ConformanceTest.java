package io.nucleon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transcripts of {@code conformance}, with the Python wrapper of this tree. */
class ConformanceTest {

    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path home;

    @Test
    void rulesThatAreKept() {
        assertThat(shown(python("none", "--only", "hello,answer,drain"))).isEqualTo("""
                        python V · python3 -u TOP/tests/kit/broken.py none · unix
                        ok    hello                   §4
                        ok    answer                  §3    unix
                        ok    drain                   §1    unix
                        3 passed, 0 failed
                        exit 0
                        """);
    }

    @Test
    void aRuleThatIsNotKept() {
        assertThat(shown(python("runs-drained", "--only", "drain,stop"))).isEqualTo("""
                        python V · python3 -u TOP/tests/kit/broken.py runs-drained · unix
                        FAIL  drain                   §1    unix  answers DRAIN with DONE, then events with DISCARDED until CONTINUE
                                sent  an event to a worker that was drained
                                came  code 200, content type '', body '' without flag DISCARDED
                                read  PROTOCOL.md §1 Types, DRAIN, CONTINUE and DONE; Flags, DISCARDED
                        ok    stop                    §1    unix
                        1 passed, 1 failed
                        exit 1
                        """);
    }

    @Test
    void partsThatAreNotOffered() throws IOException {
        Files.writeString(home.resolve("checker.json"), "{\"handler\": \"main:handler\"}");
        Files.copy(TOP.resolve("wrappers/python/checker/main.py"), home.resolve("main.py"));

        Transcript run = Transcript.in(home)
                .run(
                        "conformance",
                        "--wrapper",
                        "python3 -u " + TOP + "/wrappers/python/wrapper.py",
                        "--transport",
                        "unix",
                        "--only",
                        "async");

        assertThat(shown(run)).isEqualTo("""
                        python V · python3 -u TOP/wrappers/python/wrapper.py · unix
                        --    async                   §4    unix  not offered: checker.json names no 'async' handler
                        0 passed, 0 failed
                        exit 0
                        """);
    }

    @Test
    void forPrograms() {
        Transcript run = python("twice", "--only", "answer-once", "-o", "json");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("{\"apiVersion\":\"v1\",\"kind\":\"conformance\",\"wrapper\":")
                .contains(
                        "\"language\":\"python\"",
                        "{\"rule\":\"answer-once\",\"section\":\"§3\",\"transport\":\"unix\",\"state\":\"failed\",\"about\":",
                        "\"came\":\"80 RESPONSE frames",
                        "\"passed\":0,\"failed\":1,\"notOffered\":0}");
    }

    @Test
    void whatIsNoWrapper() {
        assertThat(shown(conformance("--wrapper", "false"))).isEqualTo("""
                        FAIL  hello                   §4          says first, in a HELLO, protocol, token, worker, pid, language, version and shm
                                sent  started it
                                came  the process ended (exit 1)
                                read  PROTOCOL.md §4 Hand-shake, point 1
                        0 passed, 1 failed
                        exit 1
                        """);
        assertThat(shown(conformance("--wrapper", "no-such-program"))).contains("failed to execute no-such-program");
    }

    @Test
    void whatIsNotThere() {
        assertThat(Transcript.in(home).run("conformance", "wrappers/lua")).hasToString("""
                        error[NUC-8006]: no wrapper.json in wrappers/lua
                          why   it says how a wrapper is started
                          do    write one (PROTOCOL.md, Appendix A), or name the command: --wrapper CMD
                                nucleon explain NUC-8006
                        exit 6
                        """);
        assertThat(Transcript.in(home).run("conformance", "--wrapper", "lua wrapper.lua"))
                .hasToString("""
                        error[NUC-8006]: no checker.json in HOME
                          why   it names the handler of the checker function, to which the kit sends its events
                          do    write a checker function (docs/how-to/add-a-language.md), or name its folder: --functions FOLDER
                                nucleon explain NUC-8006
                        exit 6
                        """);
    }

    @Test
    void wrongCommandLines() {
        assertThat(conformance().err()).contains("conformance needs a wrapper: its FOLDER, or --wrapper CMD");
        assertThat(conformance("a", "--wrapper", "b").err()).contains("both FOLDER and --wrapper are given");
        assertThat(conformance("--wrapper", " ").err()).contains("--wrapper can't be ''");
        assertThat(conformance("--wrapper", "a", "--only", "helo").err())
                .contains("--only can't be 'helo'", "did you mean 'hello'?");
        assertThat(conformance("a", "--timeout", "0s").exit()).isEqualTo(2);
        assertThat(conformance("--rules").out())
                .startsWith("hello                   §4    says first")
                .contains("\nrevoke ");
    }

    private Transcript python(String fault, String... flags) {
        List<String> words = new ArrayList<>(
                List.of("--wrapper", "python3 -u " + TOP + "/tests/kit/broken.py " + fault, "--transport", "unix"));
        words.addAll(List.of(flags));
        return conformance(words.toArray(String[]::new));
    }

    private Transcript conformance(String... flags) {
        List<String> words = new ArrayList<>(List.of("conformance", "--functions", TOP + "/wrappers/python/checker"));
        words.addAll(List.of(flags));
        return Transcript.in(home).run(words.toArray(String[]::new));
    }

    private static String shown(Transcript run) {
        return run.toString().replace(TOP.toString(), "TOP").replaceAll("python \\d\\S*", "python V");
    }
}
