package io.nucleon.command;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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

    /** The words of {@code list}. */
    public static final class ListFunctions extends VerbOptions {
        @Parameters(paramLabel = "functions", arity = "0..1", description = "what to list")
        private String what = "functions";

        @Option(
                names = {"-l", "--labels"},
                paramLabel = "K=V,…",
                split = ",",
                description = "only functions that have these labels")
        private Map<String, String> labels = new LinkedHashMap<>();

        @Option(names = "--sort", paramLabel = "COLUMN", description = "order: ${COMPLETION-CANDIDATES}; highest first")
        private Sort sort = Sort.NAME;

        /** Labels that a function must have. */
        public Map<String, String> labels() {
            return new LinkedHashMap<>(labels);
        }

        /** What the rows are ordered by. */
        public Sort sort() {
            return sort;
        }

        /** What to list. */
        public String what() {
            return what;
        }

        @Override
        void check() {
            UsageError.unless(isFunctions(what), "list", what, "it can list: functions");
        }
    }

    /** The words of {@code get}. */
    public static final class Get extends VerbOptions {
        @Parameters(paramLabel = "NAME", arity = "1", description = "function; functions lists them all")
        private String name = "";

        /** The function, or {@code functions}. */
        public String name() {
            return name;
        }

        /** Whether all functions are meant, in one of nuctl's words. */
        public boolean all() {
            return isFunctions(name);
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

    /** nuctl's words for it. */
    private static boolean isFunctions(String word) {
        return word.equals("functions") || word.equals("function") || word.equals("fu") || word.equals("fn");
    }
}
