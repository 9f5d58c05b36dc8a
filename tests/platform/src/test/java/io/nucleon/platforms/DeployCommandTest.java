package io.nucleon.platforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nucleon.support.FileTree;
import io.nucleon.support.NucleonCommand;
import io.nucleon.support.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The verbs as a user types them, from source to an answer and back to nothing, and nuctl's on the same functions. */
class DeployCommandTest {
    private static final Pattern LIVE = Pattern.compile(
            "orders is live at (http://127\\.0\\.0\\.1:\\d+)   \\(\\d+\\.\\d s\\)     next: nucleon invoke orders\n");

    private Path temporary;

    /** How a command ended. */
    private record Ended(int exit, String out, String err) {}

    @BeforeEach
    void makeHome() throws IOException {
        temporary = Files.createTempDirectory("nuc");
        Path bin = Files.createDirectories(temporary.resolve("home/bin"));
        Files.createSymbolicLink(
                temporary.resolve("home/wrappers"), SourceTree.top().resolve("wrappers"));
        ProcessBuilder builder = NucleonCommand.builder(temporary, List.of(), Map.of());
        StringBuilder script = new StringBuilder("#!/bin/sh\nexec");
        builder.command().forEach(word -> script.append(" '").append(word).append('\''));
        Path launcher = Files.writeString(bin.resolve("nucleon"), script + " \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    }

    @AfterEach
    void end(TestInfo test) throws IOException {
        run("delete", "orders", "-f");
        await("the end of what " + test.getDisplayName() + " started")
                .atMost(PlatformContract.SOON)
                .until(() -> ProcessHandle.allProcesses().noneMatch(this::isOurs));
        FileTree.delete(temporary);
    }

    private boolean isOurs(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1)
                    .contains(temporary.toString());
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void deploysChecksAndDeletes() throws IOException {
        write(
                "orders/main.py",
                "import os\ndef handler(context, event):\n    return os.environ['GREETING'] + ' ' + os.environ['TOKEN']\n");
        write("orders/.env", "TOKEN=secret\n");

        Ended first = run("deploy", "orders", "-e", "GREETING=hello");
        assertThat(first.exit).as(first.err).isZero();
        assertThat(first.err).contains("ok  check", "ok  build", "ok  start   version 1 is ready");
        assertThat(Requests.get(url(first))).isEqualTo("hello secret");

        Ended same = run("deploy", "orders", "-e", "GREETING=hello", "--check");
        assertThat(same.err).contains("nothing would change");
        assertThat(same.exit).isZero();

        Ended other = run("deploy", "orders", "-e", "GREETING=bye", "--check");
        assertThat(other.exit).isEqualTo(99);
        assertThat(other.out.lines())
                .anyMatch(line -> line.startsWith("- ") && line.endsWith("value: hello"))
                .anyMatch(line -> line.startsWith("+ ") && line.endsWith("value: bye"));
        assertThat(other.err).contains("NUC-7008");

        assertThat(run("delete", "orders")).returns(0, Ended::exit).returns("deleted orders\n", Ended::out);
        assertThat(run("delete", "orders")).returns(6, Ended::exit);
    }

    @Test
    void showsTheFunctionsOwnErrorAndLeavesTheOldVersionServing() throws IOException {
        write("orders/main.py", "def handler(context, event):\n    return 'one'\n");
        String url = url(run("deploy", "orders"));

        write("orders/main.py", "def handler(context, event):\n    return ]\n");
        Ended bad = run("deploy", "orders");

        assertThat(bad.exit).isEqualTo(4);
        assertThat(bad.err).contains("error[NUC-4022]").contains("main.py:2");
        assertThat(Requests.get(url)).isEqualTo("one");
    }

    /** What is started waits for a file, so that a command that waits would not end. */
    @Test
    void endsBeforeTheVersionIsReadyIfNobodyIsToWait() throws IOException {
        Path open = temporary.resolve("open");
        String waits = "import os, time\nwhile not os.path.exists('" + open + "'):\n    time.sleep(0.05)\n";
        write("orders/main.py", waits + "def handler(context, event):\n    return 'one'\n");
        Ended first = run("deploy", "orders", "--no-wait");
        assertThat(first.exit).as(first.err).isZero();
        assertThat(first.out)
                .isEqualTo("orders version 1 is accepted     next: nucleon get orders, nucleon logs orders\n");
        assertThat(run("get", "orders").out).contains("version 1 is being started");
        Files.writeString(open, "");
        String url = awaitReady("\"version\":1");
        assertThat(Requests.get(url)).isEqualTo("one");

        Files.delete(open);
        write("orders/main.py", waits + "print('last words', flush=True)\nos._exit(7)\n");
        Ended bad = run("deploy", "orders", "--no-wait", "-o", "json");
        assertThat(bad.exit).as(bad.err).isZero();
        assertThat(bad.out).contains("\"version\":2", "\"ready\":false");
        assertThat(Requests.get(url)).isEqualTo("one");
        Files.writeString(open, "");
        await("why the second version does not serve")
                .atMost(PlatformContract.SOON)
                .until(() -> run("get", "orders").out.contains("version 2 does not serve: "));

        assertThat(run("get", "orders").out).containsPattern("state +ready").contains("last words");
        assertThat(run("logs", "orders").err).contains("version 2 does not serve: ", "last words");
        assertThat(Requests.get(url)).isEqualTo("one");
        assertThat(run("deploy", "orders", "--no-wait", "--check")).returns(2, Ended::exit);
        assertThat(run("deploy", "orders", "--no-wait", "--platform", "docker"))
                .returns(2, Ended::exit)
                .extracting(Ended::err)
                .asString()
                .contains("nobody is left there");
    }

    private String awaitReady(String text) {
        Pattern place = Pattern.compile("\"url\":\"(http[^\"]+)\"");
        String shown = await("the version that serves")
                .atMost(PlatformContract.SOON)
                .until(
                        () -> run("get", "orders", "-o", "json").out,
                        said -> said.contains("\"state\":\"ready\"") && said.contains(text));
        Matcher url = place.matcher(shown);
        assertThat(url.find()).as(shown).isTrue();
        return url.group(1);
    }

    @Test
    void deploysAgainAfterEachSave() throws IOException {
        write("orders/main.py", "def handler(context, event):\n    return 'one'\n");
        Path out = temporary.resolve("watch.out");
        Path err = temporary.resolve("watch.err");
        Process watching = start(out, err, "deploy", "orders", "--watch");
        try {
            awaitText(err, "version 1 is ready", "watching orders; Ctrl-C ends");
            write("orders/main.py", "def handler(context, event):\n    return ]\n");
            awaitText(err, "error[NUC-4022]", "main.py:2");
            write("orders/main.py", "def handler(context, event):\n    return 'two'\n");
            awaitText(err, "version 2 is ready");
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

        assertThat(built.out).contains("\"kind\":\"build\"", "\"digest\":\"sha256:", "\"steps\":[{\"name\":\"code\"");
        assertThat(temporary.resolve("orders.built/function.yaml")).exists();
        assertThat(deployed.out).contains("\"kind\":\"deploy\"", "\"function\":\"orders\"", "\"version\":1");
    }

    @Test
    void speaksAsNuctl() throws IOException {
        write("orders/main.py", "def handler(context, event):\n    return 'one'\n");

        assertThat(run("nuctl", "get", "functions"))
                .returns(0, Ended::exit)
                .returns("No functions found\n", Ended::out);
        assertThat(run("nuctl", "get", "fu", "orders")).returns(1, Ended::exit);
        assertThat(run("nuctl", "deploy", "orders", "--path", "orders", "--platform", "local").exit)
                .isZero();

        Ended called = run("nuctl", "invoke", "orders", "--concurrency", "2");
        assertThat(called.out)
                .contains("\n> Response headers:\n", "\nContent-Type = text/plain\n")
                .endsWith("\n> Response body:\none\n");
        write(
                "bad/main.py",
                "def handler(context, event):\n    context.logger.info('here')\n    return 418, {'a': [1]}\n");
        Ended refused = run("nuctl", "invoke", "./bad");
        assertThat(refused.exit).as(refused.err).isZero();
        assertThat(refused.out)
                .containsPattern(">>> Start of function logs\n.* here .*\n<<< End of function logs\n")
                .endsWith("{\n    \"a\": [\n        1\n    ]\n}\n");
        assertThat(run("nuctl", "invoke", "./bad", "--raise-on-status").exit).isEqualTo(1);

        String table = run("nuctl", "get", "functions").out;
        assertThat(table.lines().toList())
                .hasSize(2)
                .first()
                .asString()
                .matches("  NAMESPACE +\\| NAME +\\| PROJECT +\\| STATE +\\| REPLICAS +\\| NODE PORT");
        assertThat(table).containsPattern("nuclio +\\| orders +\\| default +\\| ready +\\| 1/1 +\\| \\d+");
        assertThat(run("nuctl", "export", "function", "orders").out).contains("skip-deploy: \"true\"", "main:handler");
        assertThat(run("nuctl", "del", "fn", "orders").exit).isZero();
        assertThat(run("nuctl", "delete", "function", "orders").exit).isEqualTo(1);
    }

    @Test
    void updatesExportsAndImportsAsNuctl() throws IOException {
        write(
                "orders/main.py",
                "import os\ndef handler(context, event):\n    return os.environ.get('GREETING', 'none')\n");
        assertThat(run("nuctl", "cre", "project", "shop", "--description", "all of it").exit)
                .isZero();
        assertThat(run("nuctl", "create", "project", "shop").exit).isEqualTo(1);
        Ended first =
                run("nuctl", "deploy", "orders", "--path", "orders", "--project-name", "shop", "--nodeName", "n1");
        assertThat(first.exit).as(first.err).isZero();

        assertThat(run("nuctl", "get", "projects", "-o", "wide").out)
                .containsPattern("nuclio +\\| shop +\\| all of it");
        assertThat(run("nuctl", "get", "functions", "-l", "nuclio.io/project-name=shop").out)
                .containsPattern("orders +\\| shop +\\| ready");
        assertThat(run("nuctl", "get", "functions", "-l", "a=b").out).isEqualTo("No functions found\n");

        Ended updated = run("nuctl", "update", "function", "orders", "-e", "GREETING=hello");
        assertThat(updated.exit).as(updated.err).isZero();
        assertThat(Requests.get(url(updated))).isEqualTo("hello");
        assertThat(run("nuctl", "update", "function", "nobody").exit).isEqualTo(1);

        run("nuctl", "create", "functionevent", "morning", "--function", "orders", "--body", "good day");
        String exported = run("nuctl", "export", "projects", "shop").out;
        assertThat(exported).contains("project:", "functions:", "nodeName: n1", "body: good day");
        assertThat(run("nuctl", "delete", "project", "shop").exit).isEqualTo(1);
        assertThat(run("nuctl", "delete", "project", "shop", "--strategy", "cascading").exit)
                .isZero();
        assertThat(run("nuctl", "get", "functions", "orders").exit).isEqualTo(1);
        assertThat(run("nuctl", "get", "functionevents").out).isEqualTo("No function events found\n");

        write("shop.yaml", exported);
        Ended imported = run("nuctl", "import", "projects", "shop.yaml", "--save-report");
        assertThat(imported.exit).as(imported.err).isZero();
        assertThat(run("nuctl", "get", "functions").out).containsPattern("orders +\\| shop +\\| imported +\\| 0/1");
        assertThat(run("nuctl", "get", "functionevents", "-f", "orders", "-o", "wide").out)
                .contains("| good day")
                .doesNotContain("morning");
        assertThat(run("nuctl", "parse").out).containsPattern("Function +\\| orders +\\| success");
        assertThat(run("nuctl", "import", "projects", "shop.yaml").err).contains("orders already exists");
        Ended again = run("nuctl", "deploy", "orders", "--path", "orders");
        assertThat(again.exit).as(again.err).isZero();
        assertThat(Requests.get(url(again))).isEqualTo("hello");
    }

    /** No function is needed for it: nuctl asks for none either. */
    @Test
    void keepsFunctionEventsAndSaysWhatAGatewayWouldNeed() throws IOException {
        assertThat(run("nuctl", "get", "functionevents").out).isEqualTo("No function events found\n");
        assertThat(run("nuctl", "create", "functionevent", "morning").exit).isEqualTo(1);
        Ended made = run(
                "nuctl",
                "cre",
                "fe",
                "morning",
                "--function",
                "orders",
                "--display-name",
                "Morning",
                "--trigger-name",
                "http",
                "--trigger-kind",
                "http",
                "--body",
                "{\"a\": 1}",
                "--attrs",
                "{\"method\": \"PUT\"}");
        assertThat(made.exit).as(made.err).isZero();
        assertThat(run("nuctl", "create", "functionevent", "--function", "other", "--body", "hello").exit)
                .isZero();
        assertThat(run("nuctl", "create", "fe", "morning", "--function", "orders").exit)
                .isEqualTo(1);

        assertThat(run("nuctl", "get", "fe", "morning").out).isEqualTo("""
                  NAMESPACE | NAME    | DISPLAY NAME | FUNCTION | TRIGGER NAME | TRIGGER KIND
                  nuclio    | morning | Morning      | orders   | http         | http
                """);
        assertThat(run("nuctl", "get", "functionevents", "-f", "orders", "-o", "wide").out)
                .contains("| BODY", "| {\"a\": 1}")
                .doesNotContain("hello");
        assertThat(run("nuctl", "get", "functionevents", "-f", "other").out)
                .containsPattern("nuclio +\\| [0-9a-f-]{36} ");
        assertThat(run("nuctl", "get", "fe", "morning", "-o", "yaml").out)
                .contains("nuclio.io/function-name: orders", "method: PUT", "displayName: Morning");

        assertThat(run("nuctl", "del", "fe", "morning").exit).isZero();
        assertThat(run("nuctl", "delete", "functionevent", "morning"))
                .returns(1, Ended::exit)
                .returns("Error - No function events found\n", Ended::err);

        assertThat(run("nuctl", "get", "agw").out).isEqualTo("No API gateways found\n");
        assertThat(run("nuctl", "get", "apigateway", "front").exit).isEqualTo(1);
        Ended refused = run(
                "nuctl",
                "create",
                "agw",
                "front",
                "--function",
                "orders",
                "--host",
                "a.b",
                "--authentication-mode",
                "none");
        assertThat(refused.exit).isEqualTo(1);
        assertThat(refused.err).contains("means nothing on the local platform (NUC-8001)", "ingresses");
        assertThat(run("nuctl", "delete", "apigateways", "front").exit).isEqualTo(1);
    }

    private static String url(Ended ended) {
        Matcher live = LIVE.matcher(ended.out);
        assertThat(live.matches()).as(ended.out + ended.err).isTrue();
        return live.group(1);
    }

    private Ended run(String... words) throws IOException {
        Path out = temporary.resolve("out");
        Path err = temporary.resolve("err");
        Process process = start(out, err, words);
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("the end of " + List.of(words))
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Process start(Path out, Path err, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "@" + SourceTree.top().resolve("processor/src/main/dist/jvm.options"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dnucleon.home=" + temporary.resolve("home"),
                "-cp",
                System.getProperty("java.class.path"),
                "io.nucleon.cli.Main"));
        command.addAll(List.of(words));
        ProcessBuilder builder = NucleonCommand.builder(
                temporary,
                List.of(),
                Map.of("XDG_CACHE_HOME", temporary.resolve("cache").toString()));
        return builder.command(command)
                .directory(temporary.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
    }

    private void write(String name, String text) throws IOException {
        Path file = temporary.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
