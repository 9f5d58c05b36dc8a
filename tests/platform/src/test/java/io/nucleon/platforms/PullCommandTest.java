package io.nucleon.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.support.Certificate;
import io.nucleon.support.GitServer;
import io.nucleon.support.NucleonCommand;
import io.nucleon.support.NucleonCommand.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code templates pull} from servers, as a user has them: with git's own server behind a certificate that Java does not know. */
class PullCommandTest {
    private static final String HANDLER = "def handler(context, event):\n    return '{{name}}'\n";

    @TempDir
    private Path folder;

    private Path served;
    private Certificate certificate;
    private GitServer server;

    @BeforeEach
    void serve() throws IOException {
        served = Files.createDirectory(folder.resolve("served"));
        certificate = Certificate.make(folder);
        Files.writeString(folder.resolve("trusted.pem"), certificate.pem());
        server = new GitServer(served, certificate);
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void pullsABranchOfARepository() throws Exception {
        Path work = Files.createDirectory(folder.resolve("work"));
        git(work, "init", "--quiet", "--initial-branch=main", ".");
        commit(work, "shop/main.py");
        git(work, "checkout", "--quiet", "-b", "next");
        commit(work, "bills/main.py");
        Path bare = served.resolve("all.git");
        git(folder, "clone", "--quiet", "--bare", "--branch", "main", work.toString(), bare.toString());
        String url = "https://" + server.host() + "/all.git";

        assertThat(pull(url, "--folder", "shop", "-o", "name").out()).isEqualTo("template/shop\n");
        assertThat(pull(url, "--folder", "bills", "--branch", "next", "-o", "name")
                        .out())
                .isEqualTo("template/bills\n");
        assertThat(folder.resolve("state/nucleon/templates/shop/main.py")).hasContent(HANDLER);
        refuses(url);
        assertThat(run(trusting(), "templates", "pull", url, "--as", "x"))
                .returns(4, Ended::exit)
                .extracting(Ended::err)
                .asString()
                .contains("NUC-6002", "an address of this machine");
    }

    @Test
    void pullsAnArchive() throws Exception {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(served.resolve("shop.zip")))) {
            zip.putNextEntry(new ZipEntry("main.py"));
            zip.write(HANDLER.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        String url = "https://" + server.host() + "/shop.zip";

        assertThat(pull(url, "-o", "name")).returns(0, Ended::exit).returns("template/shop\n", Ended::out);
        assertThat(folder.resolve("state/nucleon/templates/shop/main.py")).hasContent(HANDLER);
        assertThat(refuses(url)).contains("SSL_CERT_FILE=FILE");
    }

    /** From whom nobody vouches for. */
    private String refuses(String url) throws IOException {
        Ended strange = run(Map.of(), "templates", "pull", url, "--allow-address", server.host(), "--as", "x");
        assertThat(strange.exit()).isEqualTo(69);
        assertThat(strange.err()).contains("NUC-6001", "certificate");
        assertThat(folder.resolve("state/nucleon/templates/x")).doesNotExist();
        return strange.err();
    }

    private Ended pull(String url, String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of("templates", "pull", url, "--allow-address", server.host()));
        all.addAll(List.of(words));
        return run(trusting(), all.toArray(String[]::new));
    }

    private Map<String, String> trusting() {
        return Map.of("SSL_CERT_FILE", folder.resolve("trusted.pem").toString());
    }

    private Ended run(Map<String, String> more, String... words) throws IOException {
        Map<String, String> environment = new java.util.HashMap<>(more);
        environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
        return NucleonCommand.run(folder, List.of(words), environment);
    }

    private static void commit(Path work, String file) throws Exception {
        Files.createDirectories(work.resolve(file).getParent());
        Files.writeString(work.resolve(file), HANDLER);
        git(work, "add", ".");
        git(work, "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", file);
    }

    private static void git(Path in, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", words)).isZero();
    }
}
