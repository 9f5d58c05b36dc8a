package io.nucleon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transcripts of commands that settings files change, and of those that show settings. */
class SettingsTranscriptTest {
    @TempDir
    Path home;

    @Test
    void showsEverySettingWithItsOrigin() throws IOException {
        settings("platform: docker\nbench: {duration: 5s}\n");
        Files.createDirectories(home.resolve(".config/nucleon"));
        write(home.resolve(".config/nucleon/config.yaml"), "namespace: team\n\nrun:\n  env: {TOKEN: secret}\n");

        assertThat(Transcript.in(home).typed().with("NUCLEON_COLOR", "never").run("get", "config", "-q"))
                .hasToString("""
                        FLAG            VALUE       FROM
                        output          table       built in
                        namespace       team        HOME/.config/nucleon/config.yaml:1
                        project-name    default     built in
                        platform        docker      nucleon.yaml:1
                        kubeconfig      -           built in
                        context         -           built in
                        verbose         -           built in
                        quiet           true        flag
                        color           never       NUCLEON_COLOR
                        no-header       false       built in
                        no-input        false       built in
                        yes             false       built in
                        run.env         TOKEN=****  HOME/.config/nucleon/config.yaml:4
                        bench.duration  5s          nucleon.yaml:2
                        exit 0
                        """);
    }

    @Test
    void showsThemToPrograms() throws IOException {
        settings("bench: {duration: 5s}\n");

        assertThat(run("get", "config", "-o", "json").out())
                .startsWith(
                        "{\"apiVersion\":\"v1\",\"kind\":\"settings\",\"items\":[{\"key\":\"output\",\"verb\":null,"
                                + "\"flag\":\"--output\",\"values\":[\"json\"],\"origin\":\"flag\",\"file\":null,\"line\":null}")
                .contains("{\"key\":\"bench.duration\",\"verb\":\"bench\",\"flag\":\"--duration\",\"values\":[\"5s\"],"
                        + "\"origin\":\"nucleon.yaml:1\",\"file\":\"nucleon.yaml\",\"line\":1}");
        assertThat(run("get", "config", "doctor", "-o", "name").out()).endsWith("setting/doctor.strict\n");
        assertThat(run("get", "config", "dctor").err()).contains("no verb 'dctor'", "did you mean 'doctor'?");
    }

    @Test
    void changesPagesToo() throws IOException {
        settings("output: json\n");

        assertThat(run("version").out()).startsWith("{\"apiVersion\":\"v1\",\"kind\":\"version\"");
        assertThat(run("invok").err()).startsWith("{\"error\":{\"code\":\"NUC-8001\"");
        assertThat(run("version", "-o", "text").out()).startsWith("nucleon ");
        settings("color: always\n");
        assertThat(run("list", "--watsh").err()).startsWith("\u001b[31merror");
        assertThat(run("help", "list").out()).startsWith("\u001b[1mnucleon list");
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        settings("platform: docker\nbench: {}\nplatfrom: local\n");

        assertThat(run("list")).hasToString("""
                        error[NUC-8015]: nucleon.yaml:3 has an unknown key 'platfrom'
                          do    did you mean 'platform'?
                                nucleon explain NUC-8015
                        exit 3
                        """);
        assertThat(run("explain", "NUC-8015").exit()).isZero();
        assertThat(Transcript.in(home).with("NUCLEON_SETTINGS", "off").run("list", "-q"))
                .hasToString("exit 0\n");
        assertThat(run("nuctl", "get", "functions")).hasToString("""
                        Error - nucleon.yaml:3 has an unknown key 'platfrom'
                        exit 1
                        """);
    }

    @Test
    void passesOverAFileOfOthersWithOneLine() throws IOException {
        settings("platform: docker\n");
        Files.setPosixFilePermissions(home.resolve("nucleon.yaml"), PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(run("list", "-q")).hasToString("""
                        warning[NUC-8015]: nucleon.yaml is passed over: everybody can write to it
                        exit 0
                        """);
        assertThat(run("list", "-q", "-o", "json").err())
                .startsWith("{\"warning\":{\"code\":\"NUC-8015\",\"title\":\"nucleon.yaml is passed over\"");
    }

    @Test
    void showsAProject() throws IOException {
        run("nuctl", "create", "project", "shop", "--description", "all of it");

        assertThat(run("get", "project", "shop")).hasToString("""
                        name     shop
                        about    all of it
                        exit 0
                        """);
        assertThat(run("get", "project/shop", "-o", "json").out())
                .isEqualTo("{\"apiVersion\":\"v1\",\"kind\":\"project\",\"name\":\"shop\",\"namespace\":\"nuclio\","
                        + "\"description\":\"all of it\",\"owner\":\"\",\"functions\":[]}\n");
        assertThat(run("get", "projects", "-o", "name").out()).isEqualTo("project/default\nproject/shop\n");
        assertThat(run("get", "project", "shpo")).hasToString("""
                        error[NUC-7004]: there is no project 'shpo'
                          do    did you mean 'shop'?
                                nucleon explain NUC-7004
                        exit 6
                        """);
        assertThat(run("get", "orders", "shop").exit()).isEqualTo(2);
    }

    private void settings(String text) throws IOException {
        write(home.resolve("nucleon.yaml"), text);
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private Transcript run(String... words) {
        return Transcript.in(home).run(words);
    }
}
