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
import org.junit.jupiter.api.TestInfo;

/** Verbs as a user types them, in a folder and with a home of each test's own; what they started about function orders is gone at its end. */
abstract class CommandLineTest {
    private static final Pattern LIVE = Pattern.compile(
            "orders is live at (http://127\\.0\\.0\\.1:\\d+)   \\(\\d+\\.\\d s\\)     next: nucleon invoke orders\n");

    Path temporary;

    /** How a command ended. */
    record Ended(int exit, String out, String err) {}

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

    /** Where the version that serves is reached, once {@code get -o json} says the text too. */
    String awaitReady(String text) {
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

    static String url(Ended ended) {
        Matcher live = LIVE.matcher(ended.out());
        assertThat(live.matches()).as(ended.out() + ended.err()).isTrue();
        return live.group(1);
    }

    Ended run(String... words) throws IOException {
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

    Process start(Path out, Path err, String... words) throws IOException {
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

    void write(String name, String text) throws IOException {
        Path file = temporary.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
