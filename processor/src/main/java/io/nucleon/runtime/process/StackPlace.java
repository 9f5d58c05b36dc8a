package io.nucleon.runtime.process;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the user's line in the stack that a worker printed (PROTOCOL.md §4). Stateless. */
final class StackPlace {

    private static final String HEADING = "(most recent call first):";
    private static final Pattern FRAME = Pattern.compile("  File \"(.+)\", line (\\d+) in (.+)");

    private StackPlace() {}

    /**
     * The innermost line of the function's own files and, if the stack goes on from there, what runs now: {@code
     * /orders/main.py:52 (recv_into in socket.py)}.
     *
     * @param lines of standard error; the last stack in them counts
     * @return empty if there is no stack, or no such line in it
     */
    static String in(List<String> lines, Path directory) {
        int heading = lines.size() - 1;
        while (heading >= 0 && !lines.get(heading).endsWith(HEADING)) {
            heading--;
        }
        String running = "";
        for (String line : heading < 0 ? List.<String>of() : lines.subList(heading + 1, lines.size())) {
            Matcher frame = FRAME.matcher(line);
            if (!frame.matches()) {
                break;
            }
            if (frame.group(1).startsWith(directory + "/")) {
                return frame.group(1) + ":" + frame.group(2) + running;
            }
            if (running.isEmpty()) {
                String file = frame.group(1).substring(frame.group(1).lastIndexOf('/') + 1);
                running = " (" + frame.group(3) + " in " + file + ")";
            }
        }
        return "";
    }
}
