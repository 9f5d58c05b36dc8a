package io.nucleon.command;

import java.util.Optional;
import picocli.CommandLine.Parameters;

/** The words of the verbs that show a page or script. */
public final class PageOptions {
    private PageOptions() {}

    /** The words of {@code explain}. */
    public static final class Explain extends VerbOptions {
        @Parameters(
                paramLabel = "CODE|FIELD|last",
                arity = "1",
                description = "an error code, a field of function.yaml, or the last error")
        private String subject = "";

        /** Those of one word and no flag, without the parser. */
        public static Explain of(String subject) {
            Explain options = new Explain();
            options.subject = subject;
            return options;
        }

        /** What is to be explained. */
        public String subject() {
            return subject;
        }
    }

    /** The words of {@code help}. */
    public static final class Help extends VerbOptions {
        @Parameters(paramLabel = "VERB|TOPIC", arity = "0..1", description = "what to show in full")
        private String subject;

        /** Those of one word and no flag, without the parser. */
        public static Help of(String subject) {
            Help options = new Help();
            options.subject = subject;
            return options;
        }

        /** The verb or topic, if one was named. */
        public Optional<String> subject() {
            return Optional.ofNullable(subject);
        }
    }

    /** The words of {@code completion}. */
    public static final class Completion extends VerbOptions {
        @Parameters(paramLabel = "SHELL", arity = "1", description = "bash, zsh, fish or powershell")
        private String shell = "";

        /** The shell to complete in. */
        public String shell() {
            return shell;
        }
    }
}
