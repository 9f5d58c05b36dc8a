package io.nucleon.error;

/**
 * Every code that Nucleon can show, with the exit status of a command that ends with it and the HTTP status that the caller of a
 * function gets for it. Codes are never reused; the first digit names the room: 1 spec, 2 transport, 3 invoke, worker and journal,
 * 4 runtime and wrapper, 5 triggers, 6 builder, 7 platform and controller, 8 dealer, dashboard, command line and launcher, 9 our own
 * bug. {@code docs/errors.md} lists the same codes, tied by a test.
 */
public enum ErrorCode {
    CONFIG_UNREADABLE(1001, 3, 0, "configuration can't be read"),
    YAML_INVALID(1002, 3, 0, "not valid YAML"),
    CONFIG_TOO_LARGE(1003, 3, 0, "configuration is over a limit"),
    RUNTIME_UNSUPPORTED(1004, 3, 0, "runtime is not in this version"),
    RUNTIME_UNKNOWN(1005, 3, 0, "runtime is unknown"),
    CONFIG_NOT_TEXT(1006, 3, 0, "configuration is not text"),
    KEY_REPEATED(1007, 3, 0, "key is written twice"),
    CONFIG_NOT_A_MAPPING(1008, 3, 0, "configuration is no mapping"),
    DOCUMENT_IGNORED(1009, 0, 0, "second document is ignored"),
    FIELD_TYPE_WRONG(1010, 3, 0, "value has the wrong type"),
    FIELD_OUT_OF_RANGE(1011, 3, 0, "number is out of range"),
    FIELD_UNKNOWN(1012, 0, 0, "unknown field"),
    TRIGGER_KIND_UNKNOWN(1013, 3, 0, "no trigger has this kind"),
    DURATION_INVALID(1014, 3, 0, "length of time can't be read"),
    WORD_NOT_ALLOWED(1015, 3, 0, "word is not allowed"),
    FIELD_MISSING(1016, 3, 0, "required field is missing"),
    TRIGGER_NAME_INVALID(1017, 3, 0, "trigger has two names or none"),
    HTTP_TRIGGER_REPEATED(1018, 3, 0, "more than one http trigger"),
    META_IGNORED(1019, 0, 0, "meta instead of metadata"),
    FUNCTION_NAME_INVALID(1020, 3, 0, "function name can't be used"),
    FUNCTION_NAME_RESERVED(1021, 3, 0, "function name is reserved"),
    REPLICAS_INVALID(1022, 3, 0, "minReplicas and maxReplicas contradict"),
    SETTING_IGNORED(1023, 0, 0, "setting has no effect"),
    EXPLICIT_ACK_REFUSED(1024, 3, 0, "explicit ack needs static workers"),
    HANDLER_MALFORMED(1025, 3, 0, "handler can't be read"),
    RUNTIME_TOO_OLD(1026, 3, 0, "version of the runtime is too old"),
    IMAGE_INVALID(1027, 3, 0, "image reference can't be read"),
    VOLUME_INVALID(1028, 3, 0, "volume and mount don't fit"),
    SIZE_INVALID(1029, 3, 0, "size can't be read"),
    INLINE_CONFIG_INVALID(1030, 0, 0, "inline block holds no function"),
    CONTAINER_INVALID(1031, 3, 0, "sidecar can't be used"),
    SINK_UNKNOWN(1032, 3, 0, "sink is not defined"),
    CODE_ENTRY_INVALID(1033, 3, 0, "place of the code is incomplete"),
    CODE_MISSING(1034, 3, 0, "there is no code"),
    IMAGE_WITHOUT_RUNTIME(1035, 3, 0, "image without a runtime"),
    SCALE_TO_ZERO_REFUSED(1036, 3, 0, "can't scale to zero without http"),
    AUTOSCALE_METRIC_INVALID(1037, 3, 0, "autoscale metric is incomplete"),
    RUNTIME_MISSING(1038, 3, 0, "runtime is unknown from the file"),
    ADDRESS_INVALID(1039, 3, 0, "address to listen on can't be read"),
    NODE_SELECTOR_INVALID(1040, 3, 0, "node selector can't be used"),
    RESTART_NEEDED(1041, 0, 0, "change counts from the next start"),

    SHM_TOO_SMALL(2001, 5, 0, "shared memory is too small"),
    PROTOCOL_VERSION(2002, 5, 0, "worker speaks another protocol"),
    SHM_UNAVAILABLE(2003, 5, 0, "shared memory can't be had"),
    PROTOCOL_VIOLATION(2010, 1, 500, "worker broke the protocol"),
    SOCKET_UNAVAILABLE(2011, 5, 0, "the workers' socket can't be made"),

    NO_FREE_WORKER(3003, 69, 503, "no free worker"),
    EVENT_TIMED_OUT(3004, 28, 408, "event passed its time limit"),
    DEAD_LETTERED(3005, 0, 0, "event is dead-lettered"),
    WORKER_CRASHED(3006, 1, 500, "worker crashed"),
    WORKER_OUT_OF_MEMORY(3007, 1, 500, "worker was killed for memory"),
    DRAINING(3008, 69, 503, "processor is draining"),
    CALLER_GONE(3009, 0, 0, "the caller is gone"),
    EVENT_TOO_LARGE(3010, 1, 500, "event does not fit"),
    JOURNAL_FULL(3020, 5, 507, "journal is full"),
    EVENT_NOT_RECORDED(3021, 6, 404, "no such event is recorded"),
    JOURNAL_UNUSABLE(3022, 5, 503, "journal can't be used"),

    PYTHON_MISSING(4001, 5, 0, "no python found"),
    DOTNET_MISSING(4002, 5, 0, "no dotnet found"),
    NODE_MISSING(4003, 5, 0, "no node found"),
    INTERPRETER_MISSING(4004, 5, 0, "no interpreter found"),
    WORKER_START_FAILED(4010, 5, 500, "worker did not start"),
    HANDLER_NOT_FOUND(4020, 3, 0, "no handler found"),
    HANDLER_MISSING(4021, 3, 500, "handler is not there"),
    SOURCE_INVALID(4022, 4, 500, "source does not compile"),
    IMPORT_FAILED(4023, 4, 500, "import failed"),
    INIT_FAILED(4024, 1, 500, "init hook failed"),
    HANDLER_FAILED(4030, 1, 500, "handler raised an exception"),
    HANDLERS_STUCK(4031, 1, 0, "handlers over their time limit still run"),
    HANDLER_WAITS(4032, 0, 0, "a non-blocking handler waits"),
    RUNTIME_ATTRIBUTE_INVALID(4033, 3, 0, "runtime attribute is wrong"),
    NOT_IN_PROCESS(4034, 0, 0, "setting has no effect in process"),
    MODULE_NOT_IN_PROCESS(4035, 4, 500, "in-process runtime lacks a module"),
    GUEST_LIMIT_PASSED(4036, 1, 500, "event ran too many statements"),

    PORT_TAKEN(5001, 5, 0, "port is taken"),
    BODY_TOO_LARGE(5002, 2, 400, "body is over the limit"),
    ANSWER_INVALID(5003, 1, 500, "answer can't be sent"),
    FILE_NOT_SENT(5004, 1, 500, "file can't be sent"),
    SOURCE_UNREACHABLE(5010, 69, 0, "source is unreachable"),
    SOURCE_REFUSED(5011, 5, 0, "source refused"),
    TRIGGER_ATTRIBUTE_INVALID(5012, 3, 0, "trigger attribute is wrong"),
    DEAD_LETTER_REFUSED(5013, 0, 0, "dead letter found no place"),
    EVENT_MALFORMED(5014, 0, 0, "event is not what it says"),

    CODE_UNREACHABLE(6001, 69, 0, "code can't be fetched"),
    ADDRESS_REFUSED(6002, 4, 0, "address of the code is refused"),
    ARCHIVE_UNREADABLE(6003, 4, 0, "archive can't be unpacked"),
    CODE_REFUSED(6004, 4, 0, "code is refused"),
    REPOSITORY_REFUSED(6005, 4, 0, "repository is refused"),
    DEPENDENCIES_FAILED(6006, 4, 0, "packages can't be installed"),
    BASE_IMAGE_MISSING(6007, 69, 0, "base image can't be had"),
    ARTIFACT_NOT_WRITTEN(6008, 5, 0, "what was built can't be written"),
    IMAGE_NOT_PUSHED(6009, 69, 0, "registry doesn't take the image"),
    BUILD_TOOL_MISSING(6010, 5, 0, "a tool for the build is missing"),
    BUILD_COMMANDS_REFUSED(6011, 4, 0, "commands of a build can't be run"),

    DOCKER_UNREACHABLE(7001, 69, 0, "Docker doesn't answer"),
    PLATFORM_STATE_UNUSABLE(7002, 5, 0, "the platform's files can't be used"),
    DAEMON_UNREACHABLE(7003, 69, 0, "the local platform's daemon doesn't answer"),
    FUNCTION_NOT_DEPLOYED(7004, 6, 0, "no function of that name is deployed"),
    FUNCTION_NOT_READY(7005, 1, 0, "new version did not become ready"),
    PROBE_FAILED(7006, 1, 0, "new version did not pass its probe"),
    VERSION_MISSING(7007, 6, 0, "no such version is kept"),
    DEPLOY_WOULD_CHANGE(7008, 99, 0, "a deployment would change something"),
    LOG_SINK_INVALID(7020, 3, 0, "logger sink can't be had"),
    ADMIN_ADDRESS_REFUSED(7021, 5, 0, "admin address can't be had"),

    USAGE(8001, 2, 0, "the command line can't be read"),
    FUNCTION_NOT_RUNNING(8002, 6, 404, "no function of that name runs here"),
    FUNCTION_UNREACHABLE(8003, 69, 502, "function does not answer"),
    CALL_TIMED_OUT(8004, 28, 0, "no answer in time"),
    PAGE_UNKNOWN(8005, 6, 0, "nothing to explain"),
    FILE_UNREADABLE(8006, 6, 0, "file can't be read"),
    HOST_NOT_STARTED(8007, 5, 0, "function did not start"),
    ANSWER_BROKEN(8008, 69, 0, "answer can't be read"),
    OUTPUT_CLOSED(8009, 1, 0, "output can't be written"),
    TRIGGER_NOT_THERE(8010, 6, 0, "function has no trigger of that kind"),
    EVENT_UNKNOWN(8011, 6, 0, "no such kind of event"),
    BROWSER_MISSING(8012, 0, 0, "no browser can be shown"),
    NOT_ON_PATH(8013, 0, 0, "nucleon is not what PATH has"),
    CLOCK_UNFIT(8014, 0, 0, "this machine's clock is slow or wrong"),
    SETTINGS_WRONG(8015, 3, 0, "a settings file is wrong"),
    BENCH_UNCOMPARABLE(8020, 2, 0, "benches can't be compared"),
    BENCH_MISSING(8021, 6, 0, "no bench of that name"),
    BENCH_UNREADABLE(8022, 3, 0, "bench can't be read"),
    CHECK_FAILED(8023, 99, 0, "a condition does not hold"),
    EVENTS_INVALID(8024, 3, 0, "events can't be read"),
    TESTS_MISSING(8025, 6, 0, "no tests found"),
    TEST_INVALID(8026, 3, 0, "test can't be read"),
    FILE_UNWRITABLE(8027, 5, 0, "file can't be written"),
    NOTHING_TO_COMPARE(8028, 6, 0, "no functions to compare"),
    TEMPLATE_UNKNOWN(8040, 6, 0, "no such template"),
    JDK_MISSING(8091, 5, 0, "no JDK found"),
    MAVEN_MISSING(8092, 5, 0, "no Maven found"),
    BUILD_FAILED(8093, 4, 0, "building nucleon from its sources failed"),
    DISTRIBUTION_INCOMPLETE(8094, 70, 0, "the distribution is incomplete"),

    INTERNAL(9001, 70, 500, "nucleon itself failed");

    private final String code;
    private final int exit;
    private final int httpStatus;
    private final String title;

    ErrorCode(int number, int exit, int httpStatus, String title) {
        this.code = "NUC-" + number;
        this.exit = exit;
        this.httpStatus = httpStatus;
        this.title = title;
    }

    /** The code as shown, {@code NUC-2001}. */
    public String code() {
        return code;
    }

    /** The exit status of a command that ends with this error; 0 for what is only ever a warning. */
    public int exit() {
        return exit;
    }

    /** The HTTP status that the caller of a function sees; 0 if no caller ever does. */
    public int httpStatus() {
        return httpStatus;
    }

    /** A few words for tables and for the heading of its page. */
    public String title() {
        return title;
    }

    /** The code of that text ({@code NUC-4021}), or {@link #INTERNAL} for a text that is none of ours. */
    public static ErrorCode of(String text) {
        for (ErrorCode code : values()) {
            if (code.code.equals(text)) {
                return code;
            }
        }
        return INTERNAL;
    }
}
