package io.nucleon.builder.source;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.spec.field.Secrets;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fetches one commit of a git repository by the machine's git. Confined to one thread.
 *
 * <p>git speaks https alone (http where private addresses are allowed): its other transports start programs ({@code ext::}, ssh) or read
 * this machine's files. It follows no redirect, connects to the address that was looked at, reads no configuration of the user or the
 * machine, runs no hook, and fetches no submodule. How much the commit holds is asked before anything is written out.
 */
final class GitClone {
    private static final String NOTHING = "/dev/null";

    private final AddressRule rule;
    private final CodeLimits limits;
    private final Tool tool;

    GitClone(AddressRule rule, CodeLimits limits, Tool tool) {
        this.rule = rule;
        this.limits = limits;
        this.tool = tool;
    }

    /**
     * What is fetched.
     *
     * @param reference a branch, a tag, or a full reference
     * @param username empty for none
     * @param password empty for none
     */
    record Repository(String url, String reference, String username, String password) {}

    /**
     * Fetches the files of the commit, without its history.
     *
     * @param target an empty folder
     * @throws io.nucleon.error.NucleonException NUC-6002 or NUC-6005 if it is refused, NUC-6001 if it can't be had
     */
    void fetch(Repository repository, Path target) throws IOException {
        AddressRule.Checked place = check(repository);
        Map<String, String> environment = environment(place, repository);
        git(target, environment, "init", "--quiet", "--template=", ".");
        git(
                target,
                environment,
                "fetch",
                "--quiet",
                "--depth=1",
                "--no-tags",
                "--no-recurse-submodules",
                "--no-write-fetch-head",
                "--",
                place.uri().toString(),
                repository.reference + ":refs/nucleon/code");
        measure(target, environment, repository);
        git(target, environment, "checkout", "--quiet", "--detach", "refs/nucleon/code");
        CodeTree.remove(target.resolve(".git"));
        CodeTree.check(target, limits);
    }

    private AddressRule.Checked check(Repository repository) {
        String url = repository.url;
        if (url.startsWith("-") || url.matches("(?s)[A-Za-z0-9+.-]*::.*")) {
            throw refused(url, "git would start a program for such an address");
        }
        if (!url.contains("://")) {
            throw refused(url, "it is no https address; ssh and files of the builder's machine are not read");
        }
        String reference = repository.reference;
        if (reference.isEmpty()
                || reference.startsWith("-")
                || !reference.matches("[A-Za-z0-9._/+@#-]+")
                || reference.contains("..")) {
            throw refused(url, "its reference '" + reference + "' can't be one");
        }
        AddressRule.Checked place = rule.check(url);
        if (place.uri().getRawUserInfo() != null) {
            throw refused(url, "it holds a user or password; give them as codeEntryAttributes.username and password");
        }
        return place;
    }

    private static Map<String, String> environment(AddressRule.Checked place, Repository repository) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("protocol.allow", "never");
        settings.put("protocol.https.allow", "always");
        settings.put("protocol.http.allow", place.isEncrypted() ? "never" : "always");
        settings.put("http.followRedirects", "false");
        settings.put("http.curloptResolve", pinned(place));
        settings.put("core.hooksPath", NOTHING);
        settings.put("core.fsmonitor", "false");
        settings.put("core.attributesFile", NOTHING);
        settings.put("core.protectNTFS", "true");
        settings.put("core.protectHFS", "true");
        settings.put("fetch.fsckObjects", "true");
        settings.put("credential.helper", "");
        settings.put("submodule.recurse", "false");
        settings.put("gc.auto", "0");
        if (!repository.username.isEmpty() || !repository.password.isEmpty()) {
            String both = repository.username + ":" + repository.password;
            settings.put(
                    "http.extraHeader",
                    "Authorization: Basic "
                            + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
        }
        return variables(settings);
    }

    /** In the environment, which other users can't see as they see arguments. */
    private static Map<String, String> variables(Map<String, String> settings) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("GIT_CONFIG_NOSYSTEM", "1");
        variables.put("GIT_CONFIG_SYSTEM", NOTHING);
        variables.put("GIT_CONFIG_GLOBAL", NOTHING);
        variables.put("GIT_TERMINAL_PROMPT", "0");
        variables.put("GIT_ASKPASS", "true");
        variables.put("GIT_LFS_SKIP_SMUDGE", "1");
        for (String dangerous : List.of(
                "GIT_DIR",
                "GIT_WORK_TREE",
                "GIT_EXEC_PATH",
                "GIT_SSH",
                "GIT_SSH_COMMAND",
                "GIT_PROXY_COMMAND",
                "GIT_EXTERNAL_DIFF",
                "GIT_TEMPLATE_DIR",
                "GIT_ALLOW_PROTOCOL",
                "GIT_CONFIG_PARAMETERS",
                "http_proxy",
                "https_proxy",
                "all_proxy",
                "HTTPS_PROXY",
                "ALL_PROXY")) {
            variables.put(dangerous, null);
        }
        Trust.file().ifPresent(file -> variables.put("GIT_SSL_CAINFO", file));
        int index = 0;
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            variables.put("GIT_CONFIG_KEY_" + index, setting.getKey());
            variables.put("GIT_CONFIG_VALUE_" + index, setting.getValue());
            index++;
        }
        variables.put("GIT_CONFIG_COUNT", String.valueOf(index));
        return variables;
    }

    /** So that git's own look at the name can't find another machine. */
    private static String pinned(AddressRule.Checked place) {
        URI uri = place.uri();
        InetAddress address = place.address();
        String shown =
                address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
        return uri.getHost() + ":" + place.port() + ":" + shown;
    }

    /** Before it is written out: a tree of a few kB can stand for more files than any disk holds. */
    private void measure(Path folder, Map<String, String> environment, Repository repository) {
        CodeLimits.Count count = limits.count(Secrets.maskUrl(repository.url));
        // What is over a limit is thrown out of the reading, which ends git: it would go on for ever.
        Tool.End end = tool.run(
                call(folder, environment, List.of("ls-tree", "-r", "-l", "refs/nucleon/code")),
                line -> add(count, line));
        unlessOk(end, repository.url);
    }

    /** MODE TYPE OBJECT SIZE, a tab, PATH; a submodule has no size. */
    private static void add(CodeLimits.Count count, String line) {
        String[] words = line.split("\\s+", 5);
        count.file();
        count.bytes(words.length > 3 && words[3].matches("\\d{1,18}") ? Long.parseLong(words[3]) : 0, 0);
    }

    private void git(Path folder, Map<String, String> environment, String... words) {
        unlessOk(
                tool.run(call(folder, environment, List.of(words)), null),
                words.length > 7 ? words[words.length - 2] : words[0]);
    }

    private static Tool.Call call(Path folder, Map<String, String> environment, List<String> words) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(words);
        return new Tool.Call(folder, command, environment);
    }

    private static void unlessOk(Tool.End end, String what) {
        if (!end.isOk()) {
            throw Download.unreachable(what, "git says:\n  | " + end.lastLines().replace("\n", "\n  | "), null);
        }
    }

    private static RuntimeException refused(String url, String why) {
        return ErrorMessage.of(
                        ErrorCode.REPOSITORY_REFUSED,
                        "repository " + Secrets.maskUrl(url) + " is refused",
                        why,
                        "give an https address and a branch, tag or reference")
                .toException();
    }
}
