package io.nucleon.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words and flags of {@code templates}. */
public final class TemplatesOptions extends VerbOptions {
    /** What can be typed first. */
    public static final List<String> WORDS = List.of("list", "show", "pull");

    @Parameters(paramLabel = "WORD", arity = "1..*", description = "list, show NAME, pull SOURCE")
    private List<String> words = new ArrayList<>();

    @Option(names = "--runtime", paramLabel = "NAME", description = "show: written for this runtime (default: python)")
    private String runtime = "";

    @Option(
            names = "--trigger",
            paramLabel = "KIND",
            description = "show: where the function's events come from (default: http)")
    private String trigger = "";

    @Option(names = "--as", paramLabel = "NAME", description = "pull: name of the template (default: the source's)")
    private String as;

    @Option(names = "--branch", paramLabel = "NAME", description = "pull: branch of a repository (default: its own)")
    private String branch = "";

    @Option(names = "--folder", paramLabel = "PATH", description = "pull: only this folder of the source")
    private String folder = "";

    @Option(
            names = "--allow-address",
            paramLabel = "HOST[:PORT]",
            description = "pull: take it from this private or unencrypted address; repeatable")
    private List<String> allowed = new ArrayList<>();

    @Option(names = "--force", description = "pull: replace templates of the same names")
    private boolean force;

    /** {@code list}, {@code show NAME} or {@code pull SOURCE}. */
    public List<String> words() {
        return List.copyOf(words);
    }

    /** Empty for the usual one. */
    public String runtime() {
        return runtime;
    }

    /** Empty for the usual one. */
    public String trigger() {
        return trigger;
    }

    /** The name that a pulled template is to have, if it was given. */
    public Optional<String> as() {
        return Optional.ofNullable(as);
    }

    /** Empty for the repository's own. */
    public String branch() {
        return branch;
    }

    /** Empty for all of the source. */
    public String folder() {
        return folder;
    }

    /** {@code HOST} or {@code HOST:PORT}. */
    public List<String> allowed() {
        return List.copyOf(allowed);
    }

    /** Whether templates of the same names are replaced. */
    public boolean force() {
        return force;
    }

    @Override
    void check() {
        String word = words.getFirst();
        UsageError.unless(WORDS.contains(word), "templates", word, "there is list, show NAME and pull SOURCE");
        int most = word.equals("list") ? 1 : 2;
        if (words.size() > most) {
            throw UsageError.tooMuch(Verb.TEMPLATES, words.get(most));
        }
        if (words.size() < most) {
            throw UsageError.missing(Verb.TEMPLATES, word.equals("show") ? "a name to show" : "a source to pull from");
        }
    }
}
