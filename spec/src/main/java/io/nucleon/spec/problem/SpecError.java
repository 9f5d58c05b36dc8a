package io.nucleon.spec.problem;

/**
 * The codes of this room, all in the form NUC-1xxx. Numbers are never reused. The HTTP status is the one an API answers with when
 * it refuses a function for this reason; it is nuclio's where nuclio has the same check.
 */
public enum SpecError {
    UNREADABLE_FILE(1001, "a configuration file can't be read", 400),
    INVALID_YAML(1002, "a configuration file is not valid YAML", 400),
    OVER_LIMIT(1003, "a configuration file is larger, deeper or more repetitive than allowed", 400),
    UNSUPPORTED_RUNTIME(1004, "a runtime of nuclio that this version does not have", 400),
    UNKNOWN_RUNTIME(1005, "a runtime that nobody knows", 400),
    NOT_TEXT(1006, "a configuration file is not UTF-8 text", 400),
    DUPLICATE_KEY(1007, "a key is written twice in one mapping", 400),
    NOT_A_MAPPING(1008, "a configuration file does not hold a mapping", 400),
    SECOND_DOCUMENT(1009, "a configuration file holds more than one document", 400),
    WRONG_TYPE(1010, "a value has the wrong type", 400),
    OUT_OF_RANGE(1011, "a number is out of range", 400),
    UNKNOWN_FIELD(1012, "an unknown field", 400),
    UNKNOWN_TRIGGER_KIND(1013, "an unknown trigger kind", 400),
    BAD_DURATION(1014, "a length of time can't be read", 400),
    NOT_A_CHOICE(1015, "a value is not one of the allowed words", 400),
    MISSING_FIELD(1016, "a required field is missing", 400),
    TRIGGER_NAME(1017, "a trigger's key is empty or differs from its name", 400),
    SECOND_HTTP_TRIGGER(1018, "more than one trigger of kind http", 400),
    LEGACY_META(1019, "the block is called meta instead of metadata", 400),
    FUNCTION_NAME(1020, "a function name is missing or can't be used", 400),
    RESERVED_NAME(1021, "a function name is reserved", 412),
    REPLICAS(1022, "minReplicas and maxReplicas contradict each other", 400),
    IGNORED_SETTING(1023, "a setting has no effect where it stands", 400),
    EXPLICIT_ACK(1024, "explicit ack does not go with this worker allocation", 400),
    BAD_HANDLER(1025, "a handler string can't be read", 400),
    RUNTIME_VERSION(1026, "a version of a runtime is too old", 400),
    BAD_IMAGE(1027, "an image or registry reference can't be read", 400),
    VOLUME(1028, "a volume and its mount don't fit together", 400),
    BAD_SIZE(1029, "a size can't be read", 400),
    INLINE_BLOCK(1030, "an inline configuration block can't be read", 400),
    CONTAINER(1031, "a sidecar or init container is incomplete or takes a reserved port", 400),
    UNKNOWN_SINK(1032, "a sink is named that is not defined", 400),
    CODE_ENTRY(1033, "the place of the code is incomplete", 400),
    NOTHING_TO_RUN(1034, "neither code nor image is given", 400),
    IMAGE_WITHOUT_RUNTIME(1035, "an image is given without a runtime", 500),
    SCALE_TO_ZERO(1036, "a function without http trigger can't scale to zero", 500),
    AUTOSCALE_METRIC(1037, "an autoscale metric is incomplete", 400),
    NO_RUNTIME(1038, "the runtime is neither given nor to be told from the code", 400),
    BAD_ADDRESS(1039, "a listen address can't be read", 400),
    INGRESS(1040, "an ingress is malformed", 400),
    NODE_SELECTOR(1041, "a node selector is malformed", 400);

    /** Exit code of a command that stops for a bad configuration file. */
    public static final int EXIT_CODE = 3;

    private final String code;
    private final String title;
    private final int httpStatus;

    SpecError(int number, String title, int httpStatus) {
        this.code = "NUC-" + number;
        this.title = title;
        this.httpStatus = httpStatus;
    }

    /** The stable code, such as {@code NUC-1012}. */
    public String code() {
        return code;
    }

    /** What the code stands for, in a few words and without details. */
    public String title() {
        return title;
    }

    /** Exit code of a command that stops because of it. */
    public int exitCode() {
        return EXIT_CODE;
    }

    /** Status an API answers with when it refuses a function because of it. */
    public int httpStatus() {
        return httpStatus;
    }
}
