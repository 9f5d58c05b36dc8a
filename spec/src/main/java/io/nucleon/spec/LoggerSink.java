package io.nucleon.spec;

import io.nucleon.spec.field.Choice;
import io.nucleon.spec.field.Fields;
import java.util.Locale;

/**
 * Log lines from a level on go to a sink.
 *
 * @param sink defined in platform.yaml; empty = the platform's own sinks, at this level
 */
public record LoggerSink(Level level, String sink) {
    /** Levels of log lines; as in nuclio any other word means debug. */
    public enum Level implements Choice {
        DEBUG("debug"),
        INFO("info"),
        WARN("warn"),
        ERROR("error");

        private final String word;

        Level(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }

        /** The level of a word, {@code warning} included. */
        public static Level of(String word) {
            return switch (word.toLowerCase(Locale.ROOT)) {
                case "info" -> INFO;
                case "warn", "warning" -> WARN;
                case "error" -> ERROR;
                default -> DEBUG;
            };
        }
    }

    /** Reads one entry of a list of sinks. */
    public static LoggerSink read(Fields sink) {
        return new LoggerSink(Level.of(sink.text("level", "")), sink.text("sink", ""));
    }
}
