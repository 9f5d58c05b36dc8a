package io.nucleon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transcripts of {@code templates}, and of {@code new} with what it pulled. */
class TemplatesTest {
    private static final String CONFIG = """
            # ours
            metadata: {name: "shop", labels: {team: a}}
            spec:
              runtime: shell
              handler: main.sh
              triggers: {in: {kind: kafka-cluster}}
            """;

    @TempDir
    Path home;

    @Test
    void showsABuiltInOne() {
        Transcript shown = run("templates", "show", "async", "--runtime", "nodejs");

        assertThat(shown.exit()).isZero();
        assertThat(shown.out())
                .startsWith("== main.js\n")
                .contains("\n== function.yaml\napiVersion: nuclio.io/v1\n", "mode: async");
        assertThat(run("templates", "show", "template/async/nodejs")).hasToString(shown.toString());
        assertThat(run("templates", "show", "plain", "--trigger", "kafka", "-o", "name"))
                .hasToString("main.py\nfunction.yaml\nREADME.md\ntests/stored.yaml\n.gitignore\nexit 0\n");
        assertThat(run("templates", "show", "plain", "-o", "json").out())
                .startsWith(
                        "{\"apiVersion\":\"v1\",\"kind\":\"template\",\"name\":\"plain\",\"files\":{\"main.py\":\"");
    }

    @Test
    void pullsAFunctionsFolderAndWritesFunctionsOfIt() throws IOException {
        template("sources/shop");

        assertThat(run("templates", "pull", "sources/shop")).hasToString("""
                        pulled shop  HOME/.local/state/nucleon/templates/shop
                        next    nucleon new NAME --template shop
                        exit 0
                        """);
        assertThat(run("new", "orders", "--template", "shop")).hasToString("""
                        created orders/  data.bin  function.yaml  main.sh
                        next    nucleon run orders      then, in another terminal:  nucleon invoke orders
                        exit 0
                        """);
        assertThat(Files.readString(home.resolve("orders/function.yaml")))
                .isEqualTo(CONFIG.replace("\"shop\"", "orders"));
        assertThat(home.resolve("orders/main.sh")).isExecutable().hasContent("#!/bin/sh\necho orders\n");
        assertThat(home.resolve("orders/data.bin")).hasBinaryContent(new byte[] {-1, 0, 1});
        assertThat(run("templates", "list", "--no-header").out()).endsWith("\nshop\tshell\tkafka-cluster\n");
        assertThat(run("list", "templates", "-o", "name").out()).endsWith("\ntemplate/shop\n");
        assertThat(run("templates", "show", "shop").out())
                .contains("== data.bin\n(3 bytes, no text)\n", "== main.sh\n#!/bin/sh\necho hello\n");
        assertThat(run("new", "a", "--template", "shop", "--runtime", "python").err())
                .contains("--runtime can't be 'python'", "template 'shop' has its own");
    }

    @Test
    void pullsEachFunctionOfAFolder() throws IOException {
        template("all/one");
        template("all/two");
        Files.createDirectories(home.resolve("all/docs"));

        assertThat(run("templates", "pull", "all", "-o", "name")).hasToString("template/one\ntemplate/two\nexit 0\n");
        assertThat(run("templates", "pull", "all").err()).contains("a template's name can't be 'one'", "--force");
        assertThat(run("templates", "pull", "all", "--force", "-q").exit()).isZero();
        assertThat(run("templates", "pull", "all", "--folder", "two", "--as", "three", "-o", "json")
                        .out())
                .startsWith(
                        "{\"apiVersion\":\"v1\",\"kind\":\"pulled\",\"items\":[{\"apiVersion\":\"v1\",\"kind\":\"template\","
                                + "\"name\":\"three\",\"runtime\":\"shell\",\"triggers\":[\"kafka-cluster\"]");
        assertThat(run("templates", "pull", "all", "--as", "x").err()).contains("there are 2 templates");
    }

    @Test
    void pullsAnArchive() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(home.resolve("shop.zip")))) {
            zip.putNextEntry(new ZipEntry("main.py"));
            zip.write("def handler(context, event):\n    return '{{name}}'\n".getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }

        assertThat(run("templates", "pull", "shop.zip", "-o", "name")).hasToString("template/shop\nexit 0\n");
        run("new", "orders", "--template", "shop");
        assertThat(home.resolve("orders/main.py")).content().contains("return 'orders'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "show asink                     | 6 | no template 'asink'                           | did you mean 'async'?",
                "show async --runtime java      | 2 | --template can't be 'async'                   | leave --template out",
                "show                           | 2 | templates needs a name to show                | nucleon templates show",
                "shwo plain                     | 2 | templates can't be 'shwo'                     | there is list, show NAME and pull SOURCE",
                "list all                       | 2 | templates has no place for 'all'              | see what it takes",
                "pull nowhere                   | 3 | no function at                                | name a folder or file",
                "pull empty                     | 3 | there is no template in empty                 | --folder PATH",
                "pull empty --folder ../..      | 2 | --folder can't be '../..'                     | there is no such folder",
                "pull shop --as plain           | 2 | a template's name can't be 'plain'            | --as NAME",
                "pull shop --as ../x            | 2 | a template's name can't be '../x'             | --as NAME",
                "pull outside                   | 4 | secrets can't be part of a function                                     | NUC-6004",
                "pull http://127.0.0.1:9/a.zip  | 4 | 127.0.0.1                                     | --allow-address",
            })
    void saysWhatIsWrong(String words, int exit, String what, String fix) throws IOException {
        template("shop");
        Files.createDirectories(home.resolve("empty"));
        template("outside");
        Files.createSymbolicLink(home.resolve("outside/secrets"), home.resolve("shop/main.sh"));

        Transcript run = run(("templates " + words).split(" "));

        assertThat(run.err()).contains(what, fix);
        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run("templates", "list", "-o", "name").out()).doesNotContain("shop", "outside", "empty");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metadata: {name: shop} # the shop    | metadata: {name: orders} # the shop",
                "{metadata: {'name': 'shop'}}         | {metadata: {'name': orders}}",
                "metadata: {}                         | metadata: {}",
                "metadata: [                          | metadata: [",
            })
    void namesTheFunctionAndChangesNothingElse(String before, String after) {
        assertThat(PulledTemplates.named(before, "orders")).isEqualTo(after);
    }

    private void template(String name) throws IOException {
        Path folder = Files.createDirectories(home.resolve(name));
        Files.writeString(folder.resolve("function.yaml"), CONFIG);
        Files.writeString(folder.resolve("main.sh"), "#!/bin/sh\necho {{name}}\n");
        Files.setPosixFilePermissions(folder.resolve("main.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.write(folder.resolve("data.bin"), new byte[] {-1, 0, 1});
    }

    private Transcript run(String... words) {
        return Transcript.in(home).run(words);
    }
}
