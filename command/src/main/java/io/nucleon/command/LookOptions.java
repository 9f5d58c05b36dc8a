package io.nucleon.command;

import io.nucleon.error.NearestName;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words of the verbs that show what is there. */
public final class LookOptions {
    private LookOptions() {}

    /** A column of the table of functions. */
    public enum Sort {
        NAME,
        STATE,
        RUNTIME,
        RATE,
        P99,
        ERRORS,
        DEAD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What can be listed. */
    public enum What {
        FUNCTIONS,
        PROJECTS,
        TRIGGERS,
        TEMPLATES,
        EVENTS;

        /** By its word, in the singular too, or one of nuctl's. */
        static Optional<What> of(String word) {
            return switch (word) {
                case "functions", "function", "fu", "fn" -> Optional.of(FUNCTIONS);
                case "projects", "project", "prj", "proj" -> Optional.of(PROJECTS);
                case "triggers", "trigger" -> Optional.of(TRIGGERS);
                case "templates", "template" -> Optional.of(TEMPLATES);
                case "events", "event" -> Optional.of(EVENTS);
                default -> Optional.empty();
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The words of {@code list}. */
    public static final class ListFunctions extends VerbOptions {
        @Parameters(
                paramLabel = "WHAT",
                arity = "0..1",
                description = "functions (as without it), projects, triggers, templates, events")
        private String what;

        @Option(
                names = {"-l", "--labels"},
                paramLabel = "K=V,…",
                split = ",",
                description = "only functions that have these labels, or triggers of such")
        private Map<String, String> labels = new LinkedHashMap<>();

        @Option(names = "--sort", paramLabel = "COLUMN", description = "order: ${COMPLETION-CANDIDATES}; highest first")
        private Sort sort = Sort.NAME;

        @Option(
                names = "--watch",
                description = "until Ctrl-C, drawn again when it changes; in a pipe a line for each change")
        private boolean watch;

        /** As they are typed. */
        public ListFunctions() {
            this(What.FUNCTIONS);
        }

        /** Those of {@code list WHAT}, without the parser. */
        public ListFunctions(What what) {
            this.what = what.toString();
        }

        /** Labels that a function must have. */
        public Map<String, String> labels() {
            return new LinkedHashMap<>(labels);
        }

        /** What the rows are ordered by. */
        public Sort sort() {
            return sort;
        }

        /** Whether to show what changes. */
        public boolean watch() {
            return watch;
        }

        /** What to list. */
        public What what() {
            return What.of(what).orElseThrow();
        }

        @Override
        void check() {
            List<String> words =
                    Arrays.stream(What.values()).map(What::toString).toList();
            if (What.of(what).isEmpty()) {
                throw UsageError.badValue("list", what, "", NearestName.advice(what, words, "it can list: "));
            }
            boolean functions = what() == What.FUNCTIONS;
            boolean changes = functions || what() == What.TRIGGERS || what() == What.PROJECTS;
            UsageError.unless(sort == Sort.NAME || functions, "--sort", sort.toString(), "it is an order of functions");
            UsageError.unless(
                    labels.isEmpty() || functions || what() == What.TRIGGERS,
                    "--labels",
                    String.join(",", labels.keySet()),
                    what + " have no labels");
            UsageError.unless(changes || !watch, "--watch", what, "these do not change by themselves");
        }
    }

    /** The words of {@code get}. */
    public static final class Get extends VerbOptions {
        private static final String CONFIG = "config";

        @Parameters(
                index = "0",
                paramLabel = "NAME|PATH|KIND",
                arity = "1",
                description = "a function; or function, project, config and what is behind")
        private String first = "";

        @Parameters(
                index = "1",
                paramLabel = "NAME",
                arity = "0..1",
                description = "function, project, or verb whose settings are wanted; config alone: all that is set")
        private String second;

        /** What is wanted. */
        public sealed interface Wanted {}

        /** A function in full. */
        public record Function(String name) implements Wanted {}

        /** A project in full. */
        public record Project(String name) implements Wanted {}

        /** All of a kind, in one of nuctl's words. */
        public record All(What what) implements Wanted {}

        /** Settings: all that are set, and all there are of a verb. */
        public record Config(Optional<Verb> verb) implements Wanted {}

        /** What is wanted. */
        public Wanted wanted() {
            if (first.equals(CONFIG)) {
                return new Config(Optional.ofNullable(second).flatMap(Verb::of));
            }
            Optional<What> kind = kind();
            // As 'list -o name' writes them.
            String[] written = first.split("/", 2);
            if (second != null) {
                return kind.equals(Optional.of(What.PROJECTS)) ? new Project(second) : new Function(second);
            }
            if (kind.isPresent()) {
                return new All(kind.get());
            }
            return written.length == 2 && written[0].equals("project")
                    ? new Project(written[1])
                    : new Function(first.replaceFirst("^function/", ""));
        }

        private Optional<What> kind() {
            return What.of(first).filter(what -> what == What.FUNCTIONS || what == What.PROJECTS);
        }

        @Override
        void check() {
            if (second != null && first.equals(CONFIG)) {
                if (Verb.of(second).isEmpty()) {
                    throw UsageError.noVerb(second);
                }
            } else if (second != null && kind().isEmpty()) {
                throw UsageError.tooMuch(Verb.GET, second);
            }
        }
    }

    /** The words of {@code doctor}. */
    public static final class Doctor extends VerbOptions {
        @Option(names = "--strict", description = "end with 99 if anything is missing")
        private boolean strict;

        /** Whether notes count too. */
        public boolean strict() {
            return strict;
        }
    }
}
