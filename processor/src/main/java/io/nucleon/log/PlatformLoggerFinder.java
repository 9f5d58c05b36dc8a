package io.nucleon.log;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the JDK itself logs to the same sinks, which also saves loading its logging module; named in {@code META-INF/services}.
 */
public final class PlatformLoggerFinder extends System.LoggerFinder {

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new Bridge(name);
    }

    /** Finds its logger with the first use: the JDK asks for some before SLF4J can be used. */
    private static final class Bridge implements System.Logger {
        private final String name;

        Bridge(String name) {
            this.name = name;
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level asked) {
            return switch (asked) {
                case OFF, TRACE, ALL -> false;
                case DEBUG, INFO, WARNING, ERROR -> logger().isEnabledForLevel(level(asked));
            };
        }

        @Override
        public void log(Level asked, ResourceBundle bundle, String message, Throwable thrown) {
            if (isLoggable(asked)) {
                logger().atLevel(level(asked)).setCause(thrown).log("{}", message);
            }
        }

        @Override
        public void log(Level asked, ResourceBundle bundle, String format, Object... arguments) {
            if (isLoggable(asked)) {
                boolean plain = arguments == null || arguments.length == 0;
                logger().atLevel(level(asked)).log("{}", plain ? format : formatted(format, arguments));
            }
        }

        private Logger logger() {
            return LoggerFactory.getLogger(name);
        }

        private static String formatted(String format, Object[] arguments) {
            try {
                return MessageFormat.format(format, arguments);
            } catch (IllegalArgumentException e) {
                return format;
            }
        }

        private static org.slf4j.event.Level level(Level asked) {
            return switch (asked) {
                case ALL, TRACE, DEBUG -> org.slf4j.event.Level.DEBUG;
                case INFO -> org.slf4j.event.Level.INFO;
                case WARNING -> org.slf4j.event.Level.WARN;
                case ERROR, OFF -> org.slf4j.event.Level.ERROR;
            };
        }
    }
}
