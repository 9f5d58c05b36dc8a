package io.nucleon.error;

import java.util.Locale;

/**
 * Every code that Nucleon can show, with the exit status that a command ends with. Codes are never reused; the first digit names the
 * room: 1 spec, 2 transport, 3 invoke, worker and journal, 4 runtime and wrapper, 5 triggers, 6 builder, 7 platform and controller,
 * 8 dealer, dashboard and command line, 9 our own bug. {@code docs/errors.md} lists the same codes, tied by a test.
 */
public enum ErrorCode {
    YAML_INVALID(1002, 3, "not valid YAML"),
    RUNTIME_UNSUPPORTED(1004, 3, "runtime is not in this version"),
    FIELD_UNKNOWN(1012, 0, "unknown field"),
    TRIGGER_KIND_UNKNOWN(1013, 3, "no trigger has this kind"),

    SHM_TOO_SMALL(2001, 5, "shared memory is too small"),
    PROTOCOL_VERSION(2002, 5, "worker speaks another protocol"),
    SHM_UNAVAILABLE(2003, 5, "shared memory can't be had"),
    PROTOCOL_VIOLATION(2010, 1, "worker broke the protocol"),
    SOCKET_UNAVAILABLE(2011, 5, "the workers' socket can't be made"),

    NO_FREE_WORKER(3003, 69, "no free worker"),
    EVENT_TIMED_OUT(3004, 28, "event passed its time limit"),
    WORKER_CRASHED(3006, 1, "worker crashed"),
    WORKER_OUT_OF_MEMORY(3007, 1, "worker was killed for memory"),
    DRAINING(3008, 69, "processor is draining"),
    CALLER_GONE(3009, 0, "the caller is gone"),
    EVENT_TOO_LARGE(3010, 1, "event does not fit"),

    PYTHON_MISSING(4001, 5, "no python found"),
    WORKER_START_FAILED(4010, 5, "worker did not start"),
    HANDLER_NOT_FOUND(4020, 3, "no handler found"),
    HANDLER_MISSING(4021, 3, "handler is not there"),
    SOURCE_INVALID(4022, 4, "source does not compile"),
    IMPORT_FAILED(4023, 4, "import failed"),
    INIT_FAILED(4024, 1, "init hook failed"),

    PORT_TAKEN(5001, 5, "port is taken"),
    BODY_TOO_LARGE(5002, 2, "body is over the limit"),

    JDK_MISSING(8091, 5, "no JDK found"),
    MAVEN_MISSING(8092, 5, "no Maven found"),
    BUILD_FAILED(8093, 4, "building nucleon from its sources failed"),
    DISTRIBUTION_INCOMPLETE(8094, 70, "the distribution is incomplete"),

    INTERNAL(9001, 70, "nucleon itself failed");

    private final int number;
    private final int exit;
    private final String title;

    ErrorCode(int number, int exit, String title) {
        this.number = number;
        this.exit = exit;
        this.title = title;
    }

    /** The code as shown, {@code NUC-2001}. */
    public String code() {
        return String.format(Locale.ROOT, "NUC-%04d", number);
    }

    /** The exit status of a command that ends with this error. */
    public int exit() {
        return exit;
    }

    /** A few words for tables and JSON. */
    public String title() {
        return title;
    }

    /** The code of that text ({@code NUC-4021}), or {@link #INTERNAL} for a text that is none of ours. */
    public static ErrorCode of(String text) {
        for (ErrorCode code : values()) {
            if (code.code().equals(text)) {
                return code;
            }
        }
        return INTERNAL;
    }
}
