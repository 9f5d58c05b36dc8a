package io.nucleon.platforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** From source to an answer and back to nothing. */
class DeployCommandTest extends CommandLineTest {

    @Test
    void deploysChecksAndDeletes() throws IOException {
        write(
                "orders/main.py",
                "import os\ndef handler(context, event):\n    return os.environ['GREETING'] + ' ' + os.environ['TOKEN']\n");
        write("orders/.env", "TOKEN=secret\n");

        write("orders/function.yaml", "spec:\n  triggers: {web: {kind: http, numWorkers: 2}}\n");

        Ended first = run("deploy", "orders", "-e", "GREETING=hello");
        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.err())
                .contains(
                        "ok  check   function.yaml, handler main:handler ",
                        "ok  build",
                        "ok  start   2 of 2 workers ready, version 1 ");
        assertThat(Requests.get(url(first))).isEqualTo("hello secret");

        Ended same = run("deploy", "orders", "-e", "GREETING=hello", "--check");
        assertThat(same.err()).contains("nothing would change");
        assertThat(same.exit()).isZero();

        Ended other = run("deploy", "orders", "-e", "GREETING=bye", "--check");
        assertThat(other.exit()).isEqualTo(99);
        assertThat(other.out().lines())
                .anyMatch(line -> line.startsWith("- ") && line.endsWith("value: hello"))
                .anyMatch(line -> line.startsWith("+ ") && line.endsWith("value: bye"));
        assertThat(other.err()).contains("NUC-7008");

        assertThat(run("delete", "orders")).returns(0, Ended::exit).returns("deleted orders\n", Ended::out);
        assertThat(run("delete", "orders")).returns(6, Ended::exit);
    }

    @Test
    void showsTheFunctionsOwnErrorAndLeavesTheOldVersionServing() throws IOException {
        write("orders/main.py", "def handler(context, event):\n    return 'one'\n");
        String url = url(run("deploy", "orders"));

        write("orders/main.py", "def handler(context, event):\n    return ]\n");
        Ended bad = run("deploy", "orders");

        assertThat(bad.exit()).isEqualTo(4);
        assertThat(bad.err()).contains("error[NUC-4022]").contains("main.py:2");
        assertThat(Requests.get(url)).isEqualTo("one");
    }

    /** What is started waits for a file, so that a command that waits would not end. */
    @Test
    void endsBeforeTheVersionIsReadyIfNobodyIsToWait() throws IOException {
        Path open = temporary.resolve("open");
        String waits = "import os, time\nwhile not os.path.exists('" + open + "'):\n    time.sleep(0.05)\n";
        write("orders/main.py", waits + "def handler(context, event):\n    return 'one'\n");
        Ended first = run("deploy", "orders", "--no-wait");
        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.out())
                .isEqualTo("orders version 1 is accepted     next: nucleon get orders, nucleon logs orders\n");
        assertThat(run("get", "orders").out()).contains("version 1 is being started");
        Files.writeString(open, "");
        String url = awaitReady("\"version\":1");
        assertThat(Requests.get(url)).isEqualTo("one");

        Files.delete(open);
        write("orders/main.py", waits + "print('last words', flush=True)\nos._exit(7)\n");
        Ended bad = run("deploy", "orders", "--no-wait", "-o", "json");
        assertThat(bad.exit()).as(bad.err()).isZero();
        assertThat(bad.out()).contains("\"version\":2", "\"ready\":false").doesNotContain("workers");
        assertThat(Requests.get(url)).isEqualTo("one");
        Files.writeString(open, "");
        await("why the second version does not serve")
                .atMost(PlatformContract.SOON)
                .until(() -> run("get", "orders").out().contains("version 2 does not serve: "));

        assertThat(run("get", "orders").out()).containsPattern("state +ready").contains("last words");
        assertThat(run("logs", "orders").err()).contains("version 2 does not serve: ", "last words");
        assertThat(Requests.get(url)).isEqualTo("one");
        assertThat(run("deploy", "orders", "--no-wait", "--check")).returns(2, Ended::exit);
        assertThat(run("deploy", "orders", "--no-wait", "--platform", "docker"))
                .returns(2, Ended::exit)
                .extracting(Ended::err)
                .asString()
                .contains("nobody is left there");
    }

    @Test
    void deploysAgainAfterEachSave() throws IOException {
        write("orders/main.py", "def handler(context, event):\n    return 'one'\n");
        Path out = temporary.resolve("watch.out");
        Path err = temporary.resolve("watch.err");
        Process watching = start(out, err, "deploy", "orders", "--watch");
        try {
            awaitText(err, "1 of 1 worker ready, version 1 ", "watching orders; Ctrl-C ends");
            write("orders/main.py", "def handler(context, event):\n    return ]\n");
            awaitText(err, "error[NUC-4022]", "main.py:2");
            write("orders/main.py", "def handler(context, event):\n    return 'two'\n");
            awaitText(err, "1 of 1 worker ready, version 2 ");
            await("the line of the second version")
                    .atMost(PlatformContract.SOON)
                    .until(() -> Files.readAllLines(out).size() == 2);

            assertThat(Requests.get(url(new Ended(0, Files.readAllLines(out).getLast() + "\n", ""))))
                    .isEqualTo("two");
            assertThat(run("deploy", "orders", "--watch", "--check")).returns(2, Ended::exit);
        } finally {
            watching.destroy();
        }
        await("its end").atMost(PlatformContract.SOON).until(() -> !watching.isAlive());
        assertThat(watching.exitValue()).isEqualTo(143);
    }

    private static void awaitText(Path file, String... texts) {
        await("what the command says")
                .atMost(PlatformContract.SOON)
                .untilAsserted(() -> assertThat(file).content().contains(texts));
    }

    @Test
    void tellsProgramsWhatWasDone() throws IOException {
        write("orders/main.py", "def handler(context, event):\n    return 'one'\n");

        Ended built = run("build", "orders", "-o", "json");
        Ended deployed = run("deploy", "orders", "-o", "json");

        assertThat(built.out()).contains("\"kind\":\"build\"", "\"digest\":\"sha256:", "\"steps\":[{\"name\":\"code\"");
        assertThat(temporary.resolve("orders.built/function.yaml")).exists();
        assertThat(deployed.out())
                .contains("\"kind\":\"deploy\"", "\"function\":\"orders\"", "\"version\":1")
                .contains("\"workers\":{\"ready\":1,\"all\":1}", "\"handler\":\"main:handler\"");
    }
}
