package io.nucleon.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command line of nuctl taken apart. Immutable.
 *
 * @param verb without its alias; empty if there is none
 * @param kind of what follows, without its alias; empty for verbs without one
 * @param name behind the kind
 * @param flags by their long names; those without a value have an empty one
 * @param words all of it, as given
 */
record NuctlWords(String verb, String kind, Optional<String> name, Map<String, String> flags, List<String> words) {
    static final String FUNCTIONS = "functions";
    static final String PROJECTS = "projects";
    static final String EVENTS = "functionevents";
    static final String GATEWAYS = "apigateways";

    private static final Map<String, String> VERBS = Map.of(
            "bu", "build", "upd", "update", "ver", "version", "cre", "create", "del", "delete", "dep", "deploy", "exp",
            "export", "imp", "import");

    private static final List<String> OF_NUCLEON = List.of("build", "invoke", "deploy");

    /** Verbs that are followed by the kind of what they are about. */
    private static final List<String> WITH_KIND = List.of("update", "get", "export", "import", "create", "delete");

    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("fu", FUNCTIONS),
            Map.entry("fn", FUNCTIONS),
            Map.entry("function", FUNCTIONS),
            Map.entry("proj", PROJECTS),
            Map.entry("prj", PROJECTS),
            Map.entry("project", PROJECTS),
            Map.entry("fe", EVENTS),
            Map.entry("functionevent", EVENTS),
            Map.entry("agw", GATEWAYS),
            Map.entry("apigateway", GATEWAYS));

    private static final Map<String, String> SHORT = Map.of(
            "-o",
            "--output",
            "-n",
            "--namespace",
            "-k",
            "--kubeconfig",
            "-l",
            "--labels",
            "-f",
            "--force",
            "-v",
            "--verbose");

    /** Those whose value is the word behind them, where words are taken apart. */
    private static final List<String> WITH_VALUE = List.of(
            "--output",
            "--namespace",
            "--platform",
            "--kubeconfig",
            "--labels",
            "--concurrency",
            "--function",
            "--function-name",
            "--display-name",
            "--trigger-name",
            "--trigger-kind",
            "--body",
            "--attrs",
            "--project",
            "--host",
            "--path",
            "--authentication-mode",
            "--basic-auth-username",
            "--basic-auth-password",
            "--canary-function",
            "--canary-percentage",
            "--canary-labels",
            "--description",
            "--owner",
            "--strategy",
            "--wait-timeout",
            "--report-file-path",
            "--output-path",
            "--skip",
            "--skip-label-selectors");

    static NuctlWords of(List<String> all) {
        List<String> plain = new ArrayList<>();
        Map<String, String> flags = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            String word = all.get(i);
            if (!word.startsWith("-")) {
                plain.add(word);
                continue;
            }
            int equals = word.indexOf('=');
            String flag = longName(equals < 0 ? word : word.substring(0, equals), plain);
            if (equals >= 0) {
                flags.put(flag, word.substring(equals + 1));
            } else if (WITH_VALUE.contains(flag) && i + 1 < all.size()) {
                i++;
                flags.put(flag, all.get(i));
            } else {
                flags.put(flag, "");
            }
        }
        String verb = plain.isEmpty() ? "" : VERBS.getOrDefault(plain.getFirst(), plain.getFirst());
        String kind = plain.size() < 2 ? "" : KINDS.getOrDefault(plain.get(1), plain.get(1));
        return new NuctlWords(verb, kind, plain.stream().skip(2).findFirst(), flags, List.copyOf(all));
    }

    /** {@code -f} is the function whose events {@code get} shows. */
    private static String longName(String flag, List<String> before) {
        return flag.equals("-f") && before.contains("get") ? "--function" : SHORT.getOrDefault(flag, flag);
    }

    /** Whether nuctl as a whole is asked for; verbs of Nucleon's own have a page each. */
    boolean asksForHelp() {
        boolean flag = has("--help") || has("-h");
        return verb.isEmpty() || verb.equals("help") || (flag && !OF_NUCLEON.contains(verb));
    }

    /** Whether the verb says nothing without a kind, and there is none. */
    boolean lacksKind() {
        return kind.isEmpty() && WITH_KIND.contains(verb);
    }

    /** The value of a flag; empty if it was not given. */
    String flag(String name) {
        return flags.getOrDefault(name, "");
    }

    boolean has(String name) {
        return flags.containsKey(name);
    }

    /** The form of documents and tables: {@code text}, {@code wide}, {@code yaml}, {@code json}. */
    String output(String standard) {
        return flag("--output").isEmpty() ? standard : flag("--output");
    }

    /** The words for Nucleon's verb, which has no alias, no kind behind it, and nothing of what means nothing here. */
    List<String> as(String nucleonVerb) {
        List<String> same = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--concurrency")) {
                i++;
            } else if (!word.startsWith("--concurrency=") && !word.startsWith("--mask-sensitive-fields")) {
                same.add(word);
            }
        }
        for (int i = 0; i < same.size(); i++) {
            if (VERBS.getOrDefault(same.get(i), same.get(i)).equals(verb)) {
                same.set(i, nucleonVerb);
                if (!nucleonVerb.equals(verb)) {
                    same.remove(i + 1);
                }
                break;
            }
        }
        return same;
    }
}
