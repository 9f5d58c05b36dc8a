package io.nucleon.spec;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.trigger.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a function is and wants, with defaults filled in. Immutable and safe for many threads. {@code toString} shows no secret.
 * As many components as the file has, in groups where they belong together.
 *
 * @param runtime empty when the file says none
 * @param handler empty when the file says none
 * @param eventTimeout counted from the start of the handler; absent = no limit
 * @param disableDefaultHttpTrigger absent = as the platform says
 * @param readinessTimeout how long a deployment waits; absent = the platform's
 * @param queue bounds of the events that wait for a worker; Nucleon keys
 */
public record FunctionSpec(
        String description,
        RuntimeName runtime,
        String handler,
        boolean disable,
        boolean publish,
        int version,
        String alias,
        Map<String, Trigger> triggers,
        Optional<Boolean> disableDefaultHttpTrigger,
        Optional<Duration> eventTimeout,
        Queue queue,
        List<EnvVar> env,
        RuntimeAttributes runtimeAttributes,
        Map<String, DataBinding> dataBindings,
        List<LoggerSink> loggerSinks,
        Build build,
        Image image,
        Resources resources,
        List<Volume> volumes,
        Scaling scaling,
        Placement placement,
        Pod pod,
        LocalPlatform platform,
        Optional<Duration> readinessTimeout,
        boolean waitReadinessTimeoutBeforeFailure,
        boolean disableSensitiveFieldsMasking) {

    /**
     * The image to run and where it comes from.
     *
     * @param pullSecrets one secret's name
     */
    public record Image(String name, String hash, String runRegistry, String pullSecrets, String pullPolicy) {}

    /** How much may wait for a worker before events are refused at once and sources are paused. */
    public record Queue(int maxEvents, long maxBytes) {
        /** A second's worth of a fast function; 256 MiB leave room in a container of half a GiB. */
        public static final Queue DEFAULT = new Queue(4096, 256L << 20);
    }

    /** As nuclio. */
    public static final String DEFAULT_ALIAS = "latest";

    /** As nuclio. */
    public static final String DEFAULT_PULL_POLICY = "Always";

    /** The triggers that are to be started. */
    public List<Trigger> activeTriggers() {
        return triggers.values().stream().filter(trigger -> !trigger.disabled()).toList();
    }

    /** The triggers of kind http, disabled ones included. */
    public List<Trigger> httpTriggers() {
        return triggers.values().stream().filter(Trigger::isHttp).toList();
    }

    /** @param annotations of the function: some of nuclio's stand for fields of triggers */
    static FunctionSpec read(Fields spec, Map<String, String> annotations, ReadOptions options) {
        spec.accept("dealerURI", "avatar");
        String alias = spec.text("alias", "");
        var read = new FunctionSpec(
                spec.text("description", ""),
                RuntimeName.parse(spec.text("runtime", "")),
                spec.text("handler", ""),
                spec.bool("disable", false),
                spec.bool("publish", false),
                spec.integer("version", 0, Integer.MIN_VALUE, Integer.MAX_VALUE),
                alias.isEmpty() ? DEFAULT_ALIAS : alias,
                spec.named(
                        "triggers",
                        (name, trigger) -> Trigger.read(name, trigger, annotations, options.triggerKinds())),
                spec.optionalBool("disableDefaultHTTPTrigger"),
                eventTimeout(spec),
                queue(spec),
                spec.each("env", EnvVar::of),
                RuntimeAttributes.read(spec.map("runtimeAttributes")),
                spec.named("dataBindings", DataBinding::read),
                spec.each("loggerSinks", LoggerSink::read),
                Build.read(spec.map("build")),
                image(spec),
                Resources.read(spec.map("resources")),
                spec.each("volumes", Volume::read),
                Scaling.read(spec),
                Placement.read(spec),
                Pod.read(spec),
                LocalPlatform.read(spec.map("platform")),
                spec.optionalInteger("readinessTimeoutSeconds", 0, Integer.MAX_VALUE)
                        .filter(seconds -> seconds > 0)
                        .map(Duration::ofSeconds),
                spec.bool("waitReadinessTimeoutBeforeFailure", false),
                spec.bool("disableSensitiveFieldsMasking", false));
        RuntimeCheck.check(spec, read, annotations, options);
        spec.done();
        return read;
    }

    private static Queue queue(Fields spec) {
        return new Queue(
                spec.integer("maxQueuedEvents", Queue.DEFAULT.maxEvents, 1, Integer.MAX_VALUE),
                spec.size("maxQueuedBytes", Queue.DEFAULT.maxBytes));
    }

    private static Image image(Fields spec) {
        String policy = spec.text("imagePullPolicy", "");
        return new Image(
                spec.text("image", ""),
                spec.text("imageHash", ""),
                spec.text("runRegistry", ""),
                spec.text("imagePullSecrets", ""),
                policy.isEmpty() ? DEFAULT_PULL_POLICY : policy);
    }

    private static Optional<Duration> eventTimeout(Fields spec) {
        Optional<Duration> timeout = spec.optionalDuration("eventTimeout");
        if (timeout.filter(Duration::isZero).isPresent()) {
            spec.report(ErrorCode.FIELD_OUT_OF_RANGE, "eventTimeout")
                    .what("is out of range")
                    .why("an event needs some time to run")
                    .fix("write a length of time over 0, such as 30s, or remove the field for no limit")
                    .add();
        }
        return timeout.filter(Duration::isPositive);
    }
}
