package io.nucleon.wrapper.handler;

/**
 * What a handler threw, in the words that callers and logs see.
 *
 * @param type class of the throwable
 * @param message its message, empty for none
 * @param at file and line of the first of the user's frames ({@code Orders.java:21}), empty if there is none
 * @param trace as the JDK prints it, without the frames below the handler
 */
public record HandlerFailure(String type, String message, String at, String trace) {

    private static final int MAX_CAUSES = 8;

    /** Reads a throwable; never throws itself, whatever the throwable's own methods do. */
    public static HandlerFailure of(Throwable thrown) {
        try {
            String message = String.valueOf(thrown.getMessage());
            StringBuilder trace = new StringBuilder();
            appendTrace(trace, thrown);
            return new HandlerFailure(
                    thrown.getClass().getName(),
                    thrown.getMessage() == null ? "" : message,
                    firstUserFrame(thrown.getStackTrace()),
                    trace.toString());
        } catch (Throwable hostile) {
            String type = thrown.getClass().getName();
            return new HandlerFailure(type, "", "", type);
        }
    }

    /** nuclio's text for the caller. */
    public String answer() {
        return "Error in handler: " + trace;
    }

    /** One line: type and message. */
    public String summary() {
        return message.isEmpty() ? type : type + ": " + message;
    }

    /** Place of the first of the user's frames, empty if none is. */
    public static String firstUserFrame(StackTraceElement[] frames) {
        for (StackTraceElement frame : frames) {
            if (isUsers(frame)) {
                return frame.getFileName() == null
                        ? frame.getClassName() + "." + frame.getMethodName()
                        : frame.getFileName() + ":" + frame.getLineNumber();
            }
        }
        return "";
    }

    /** See {@link HandlerClassLoader}: the JDK's frames have a module, the process's own a named loader. */
    private static boolean isUsers(StackTraceElement frame) {
        return frame.getModuleName() == null && frame.getClassLoaderName() == null;
    }

    private static void appendTrace(StringBuilder trace, Throwable thrown) {
        Throwable at = thrown;
        for (int depth = 0; at != null && depth < MAX_CAUSES; depth++) {
            trace.append(depth == 0 ? "" : "\nCaused by: ").append(at);
            StackTraceElement[] frames = at.getStackTrace();
            int end = afterLastUserFrame(frames);
            for (int i = 0; i < end; i++) {
                trace.append("\n\tat ").append(frames[i]);
            }
            at = at.getCause();
        }
    }

    private static int afterLastUserFrame(StackTraceElement[] frames) {
        for (int i = frames.length; i > 0; i--) {
            if (isUsers(frames[i - 1])) {
                return i;
            }
        }
        return frames.length;
    }
}
