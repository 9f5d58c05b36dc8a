package io.nucleon.log;

import java.time.ZoneId;
import org.slf4j.event.Level;

/** Where records go while nobody has said where: warnings and errors to standard error, at once. */
final class EarlyTarget implements LogTarget {

    private static final class Encoding {
        static final LineEncoder CONSOLE = new ConsoleEncoder(ZoneId::systemDefault, FieldForm.FLATTENED);
    }

    @Override
    public void log(LogEvent event) {
        StringBuilder line = new StringBuilder();
        Encoding.CONSOLE.encode(event, line);
        System.err.println(line);
    }

    @Override
    public Level lowest() {
        return Level.WARN;
    }
}
