package io.nucleon.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** nuctl's verbs, on the functions of {@code nucleon deploy}. */
class NuctlCommandTest extends CommandLineTest {

    @Test
    void speaksAsNuctl() throws IOException {
        write("orders/main.py", "def handler(context, event):\n    return 'one'\n");

        assertThat(run("nuctl", "get", "functions"))
                .returns(0, Ended::exit)
                .returns("No functions found\n", Ended::out);
        assertThat(run("nuctl", "get", "fu", "orders")).returns(1, Ended::exit);
        assertThat(run("nuctl", "deploy", "orders", "--path", "orders", "--platform", "local")
                        .exit())
                .isZero();

        Ended called = run("nuctl", "invoke", "orders", "--concurrency", "2");
        assertThat(called.out())
                .contains("\n> Response headers:\n", "\nContent-Type = text/plain\n")
                .endsWith("\n> Response body:\none\n");
        write(
                "bad/main.py",
                "def handler(context, event):\n    context.logger.info('here')\n    return 418, {'a': [1]}\n");
        Ended refused = run("nuctl", "invoke", "./bad");
        assertThat(refused.exit()).as(refused.err()).isZero();
        assertThat(refused.out())
                .containsPattern(">>> Start of function logs\n.* here .*\n<<< End of function logs\n")
                .endsWith("{\n    \"a\": [\n        1\n    ]\n}\n");
        assertThat(run("nuctl", "invoke", "./bad", "--raise-on-status").exit()).isEqualTo(1);

        String table = run("nuctl", "get", "functions").out();
        assertThat(table.lines().toList())
                .hasSize(2)
                .first()
                .asString()
                .matches("  NAMESPACE +\\| NAME +\\| PROJECT +\\| STATE +\\| REPLICAS +\\| NODE PORT");
        assertThat(table).containsPattern("nuclio +\\| orders +\\| default +\\| ready +\\| 1/1 +\\| \\d+");
        assertThat(run("nuctl", "export", "function", "orders").out())
                .contains("skip-deploy: \"true\"", "main:handler");
        assertThat(run("nuctl", "del", "fn", "orders").exit()).isZero();
        assertThat(run("nuctl", "delete", "function", "orders").exit()).isEqualTo(1);
    }

    @Test
    void updatesExportsAndImportsAsNuctl() throws IOException {
        write(
                "orders/main.py",
                "import os\ndef handler(context, event):\n    return os.environ.get('GREETING', 'none')\n");
        assertThat(run("nuctl", "cre", "project", "shop", "--description", "all of it")
                        .exit())
                .isZero();
        assertThat(run("nuctl", "create", "project", "shop").exit()).isEqualTo(1);
        Ended first =
                run("nuctl", "deploy", "orders", "--path", "orders", "--project-name", "shop", "--nodeName", "n1");
        assertThat(first.exit()).as(first.err()).isZero();

        assertThat(run("nuctl", "get", "projects", "-o", "wide").out())
                .containsPattern("nuclio +\\| shop +\\| all of it");
        assertThat(run("nuctl", "get", "functions", "-l", "nuclio.io/project-name=shop")
                        .out())
                .containsPattern("orders +\\| shop +\\| ready");
        assertThat(run("nuctl", "get", "functions", "-l", "a=b").out()).isEqualTo("No functions found\n");

        Ended updated = run("nuctl", "update", "function", "orders", "-e", "GREETING=hello");
        assertThat(updated.exit()).as(updated.err()).isZero();
        assertThat(Requests.get(url(updated))).isEqualTo("hello");
        assertThat(run("nuctl", "update", "function", "nobody").exit()).isEqualTo(1);

        run("nuctl", "create", "functionevent", "morning", "--function", "orders", "--body", "good day");
        String exported = run("nuctl", "export", "projects", "shop").out();
        assertThat(exported).contains("project:", "functions:", "nodeName: n1", "body: good day");
        assertThat(run("nuctl", "delete", "project", "shop").exit()).isEqualTo(1);
        assertThat(run("nuctl", "delete", "project", "shop", "--strategy", "cascading")
                        .exit())
                .isZero();
        assertThat(run("nuctl", "get", "functions", "orders").exit()).isEqualTo(1);
        assertThat(run("nuctl", "get", "functionevents").out()).isEqualTo("No function events found\n");

        write("shop.yaml", exported);
        Ended imported = run("nuctl", "import", "projects", "shop.yaml", "--save-report");
        assertThat(imported.exit()).as(imported.err()).isZero();
        assertThat(run("nuctl", "get", "functions").out()).containsPattern("orders +\\| shop +\\| imported +\\| 0/1");
        assertThat(run("nuctl", "get", "functionevents", "-f", "orders", "-o", "wide")
                        .out())
                .contains("| good day")
                .doesNotContain("morning");
        assertThat(run("nuctl", "parse").out()).containsPattern("Function +\\| orders +\\| success");
        assertThat(run("nuctl", "import", "projects", "shop.yaml").err()).contains("orders already exists");
        Ended again = run("nuctl", "deploy", "orders", "--path", "orders");
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(Requests.get(url(again))).isEqualTo("hello");
    }

    /** No function is needed for it: nuctl asks for none either. */
    @Test
    void keepsFunctionEventsAndSaysWhatAGatewayWouldNeed() throws IOException {
        assertThat(run("nuctl", "get", "functionevents").out()).isEqualTo("No function events found\n");
        assertThat(run("nuctl", "create", "functionevent", "morning").exit()).isEqualTo(1);
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
        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(run("nuctl", "create", "functionevent", "--function", "other", "--body", "hello")
                        .exit())
                .isZero();
        assertThat(run("nuctl", "create", "fe", "morning", "--function", "orders")
                        .exit())
                .isEqualTo(1);

        assertThat(run("nuctl", "get", "fe", "morning").out()).isEqualTo("""
                  NAMESPACE | NAME    | DISPLAY NAME | FUNCTION | TRIGGER NAME | TRIGGER KIND
                  nuclio    | morning | Morning      | orders   | http         | http
                """);
        assertThat(run("nuctl", "get", "functionevents", "-f", "orders", "-o", "wide")
                        .out())
                .contains("| BODY", "| {\"a\": 1}")
                .doesNotContain("hello");
        assertThat(run("nuctl", "get", "functionevents", "-f", "other").out())
                .containsPattern("nuclio +\\| [0-9a-f-]{36} ");
        assertThat(run("nuctl", "get", "fe", "morning", "-o", "yaml").out())
                .contains("nuclio.io/function-name: orders", "method: PUT", "displayName: Morning");

        assertThat(run("nuctl", "del", "fe", "morning").exit()).isZero();
        assertThat(run("nuctl", "delete", "functionevent", "morning"))
                .returns(1, Ended::exit)
                .returns("Error - No function events found\n", Ended::err);

        assertThat(run("nuctl", "get", "agw").out()).isEqualTo("No API gateways found\n");
        assertThat(run("nuctl", "get", "apigateway", "front").exit()).isEqualTo(1);
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
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("means nothing on the local platform (NUC-8001)", "ingresses");
        assertThat(run("nuctl", "delete", "apigateways", "front").exit()).isEqualTo(1);
    }
}
