package io.nucleon.builder.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.support.GitServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitCloneTest {
    @TempDir
    Path folder;

    private final List<String> log = new ArrayList<>();
    private Path source;
    private Path target;
    private GitServer server;

    @BeforeEach
    void makeRepository() throws IOException {
        source = Files.createDirectory(folder.resolve("repo.git"));
        target = Files.createDirectory(folder.resolve("target"));
        git("init", "--quiet", "--initial-branch=main", ".");
        commit("main.py", "def handler(context, event): pass\n");
        server = new GitServer(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void fetchesTheFilesOfABranchWithoutItsHistory() throws IOException {
        fetch("refs/heads/main");

        assertThat(target.resolve("main.py")).exists();
        assertThat(target.resolve(".git")).doesNotExist();
    }

    @Test
    void givesPasswordsToTheServerAndToNobodyElse() throws IOException {
        clone(new AddressRule(Set.of(server.host())), CodeLimits.DEFAULT)
                .fetch(new GitClone.Repository(url(), "refs/heads/main", "me", "hunter2"), target);

        String sent = Base64.getEncoder().encodeToString("me:hunter2".getBytes(StandardCharsets.UTF_8));
        assertThat(server.authorizations()).contains("Basic " + sent);
        assertThat(String.join("\n", log)).doesNotContain("hunter2").doesNotContain(sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ext::sh -c 'touch EVIL'",
                "fd::17",
                "transport::https://x",
                "file://REPO",
                "REPO",
                "ssh://host/repo",
                "git@host:repo",
                "ssh://-oProxyCommand=touch${IFS}EVIL/x",
                "--upload-pack=touch EVIL",
                "-c core.fsmonitor=touch",
                "git://host/repo",
                "https://127.0.0.1/repo",
                "https://user:pass@198.51.100.7/repo",
                "https://169.254.169.254/repo"
            })
    void startsNoProgramAndReadsNoFileOfThisMachine(String url) {
        Path evil = folder.resolve("evil");
        String address = url.replace("EVIL", evil.toString()).replace("REPO", source.toString());

        assertThatThrownBy(() -> clone(AddressRule.PUBLIC, CodeLimits.DEFAULT)
                        .fetch(new GitClone.Repository(address, "refs/heads/main", "", ""), target))
                .hasMessageMatching("(?s)NUC-600[25] .*");

        assertThat(evil).doesNotExist();
        assertThat(target).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--upload-pack=touch", "a b", "a..b", "x;y", "refs/heads/*:x"})
    void refusesReferencesThatAreNone(String reference) {
        assertThatThrownBy(() -> fetch(reference)).hasMessageContaining("NUC-6005");
    }

    @Test
    void followsNoRedirect() {
        server.redirectTo("http://localhost:1");

        assertThatThrownBy(() -> fetch("refs/heads/main")).hasMessageContaining("NUC-6001");
    }

    @Test
    void runsNoHookAndNoFilterOfTheUserOrTheRepository() throws IOException {
        Path evil = folder.resolve("evil");
        Path hooks = Files.createDirectories(folder.resolve("home/hooks"));
        Files.createFile(
                hooks.resolve("post-checkout"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(hooks.resolve("post-checkout"), "#!/bin/sh\ntouch " + evil + "\n");
        Path config = Files.writeString(
                folder.resolve("home/.gitconfig"),
                "[core]\nhooksPath = " + hooks + "\n[filter \"evil\"]\nsmudge = touch " + evil + "\n");
        commit(".gitattributes", "* filter=evil\n");

        Tool tool = new Tool(SecretMask.none(), log::add, Duration.ofSeconds(30)) {
            @Override
            public End run(Call call, java.util.function.Consumer<String> output) {
                Map<String, String> environment = new java.util.LinkedHashMap<>(
                        Map.of("HOME", config.getParent().toString(), "XDG_CONFIG_HOME", "/nowhere"));
                environment.putAll(call.environment());
                return super.run(new Call(call.folder(), call.command(), environment), output);
            }
        };
        new GitClone(new AddressRule(Set.of(server.host())), CodeLimits.DEFAULT, tool)
                .fetch(new GitClone.Repository(url(), "refs/heads/main", "", ""), target);

        assertThat(target.resolve("main.py")).exists();
        assertThat(evil).doesNotExist();
    }

    @Test
    void fetchesNoSubmodule() throws IOException {
        Path evil = folder.resolve("evil");
        Files.writeString(
                source.resolve(".gitmodules"), "[submodule \"x\"]\npath = x\nurl = ext::touch " + evil + "\n");
        git("add", ".gitmodules");
        git("update-index", "--add", "--cacheinfo", "160000," + head() + ",x");
        git("commit", "--quiet", "-m", "submodule");

        fetch("refs/heads/main");

        assertThat(evil).doesNotExist();
    }

    @Test
    void refusesLinksThatLeadOut() throws IOException {
        Files.createSymbolicLink(source.resolve("link"), Path.of("/etc/passwd"));
        git("add", "link");
        git("commit", "--quiet", "-m", "link");

        assertThatThrownBy(() -> fetch("refs/heads/main")).hasMessageContaining("NUC-6004");
    }

    /** A tree of trees of one file: 10^6 files by a few kB. Counted before one of them is written. */
    @Test
    void refusesTreesThatStandForMoreFilesThanAllowed() throws IOException {
        String tree = output("hash-object", "-w", "main.py");
        tree = mktree("100644 blob " + tree + "\tf");
        for (int level = 0; level < 6; level++) {
            StringBuilder entries = new StringBuilder();
            for (int i = 0; i < 10; i++) {
                entries.append("040000 tree ")
                        .append(tree)
                        .append("\td")
                        .append(i)
                        .append('\n');
            }
            tree = mktree(entries.toString().stripTrailing());
        }
        git("update-ref", "refs/heads/bomb", output("commit-tree", "-m", "bomb", tree));

        assertThatThrownBy(() -> fetch("refs/heads/bomb"))
                .hasMessageContaining("NUC-6004")
                .hasMessageContaining("more than 100 files");

        assertThat(target.resolve("d0")).doesNotExist();
    }

    private void fetch(String reference) throws IOException {
        clone(new AddressRule(Set.of(server.host())), new CodeLimits(1 << 20, 100, 100, 1 << 20))
                .fetch(new GitClone.Repository(url(), reference, "", ""), target);
    }

    private GitClone clone(AddressRule rule, CodeLimits limits) {
        return new GitClone(rule, limits, new Tool(SecretMask.none(), log::add, Duration.ofSeconds(30)));
    }

    private String url() {
        return "http://" + server.host() + "/repo.git";
    }

    private void commit(String name, String text) throws IOException {
        Files.writeString(source.resolve(name), text);
        git("add", name);
        git("commit", "--quiet", "-m", name);
    }

    private String head() throws IOException {
        return output("rev-parse", "HEAD");
    }

    private String mktree(String entries) throws IOException {
        Path file = Files.writeString(folder.resolve("entries"), entries + "\n");
        return run(new ProcessBuilder("git", "mktree").redirectInput(file.toFile()));
    }

    private void git(String... words) throws IOException {
        output(words);
    }

    private String output(String... words) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("git", "-c", "user.name=t", "-c", "user.email=t@t", "-c", "protocol.file.allow=always"));
        command.addAll(List.of(words));
        return run(new ProcessBuilder(command));
    }

    private String run(ProcessBuilder builder) throws IOException {
        Process process =
                builder.directory(source.toFile()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.onExit().join().exitValue()).as(said).isZero();
        return said;
    }
}
