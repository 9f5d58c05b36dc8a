package io.nucleon.spec;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Choice;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.field.GoDuration;
import io.nucleon.spec.yaml.Scalars;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code spec.platform.attributes}: how a container of the docker platform runs.
 *
 * @param network empty = the platform's
 * @param publishAddress where the function's port is open, an address of the machine; ours
 * @param mountMode documented by nuclio and no longer read by it
 */
public record LocalPlatform(
        String network,
        String publishAddress,
        Optional<RestartPolicy> restartPolicy,
        int maximumRetryCount,
        String mountMode,
        Duration healthCheckInterval) {
    /** When Docker starts a container again. */
    public enum RestartPolicy implements Choice {
        NO("no"),
        ALWAYS("always"),
        ON_FAILURE("on-failure"),
        UNLESS_STOPPED("unless-stopped");

        private final String word;

        RestartPolicy(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** As nuclio. */
    public static final Duration DEFAULT_HEALTH_CHECK_INTERVAL = Duration.ofSeconds(1);

    /** The machine alone, as everywhere in Nucleon; nuclio opens ports to every network. */
    public static final String DEFAULT_PUBLISH_ADDRESS = "127.0.0.1";

    static LocalPlatform read(Fields platform) {
        Fields attributes = platform.map("attributes");
        Fields restart = attributes.map("restartPolicy");
        var read = new LocalPlatform(
                attributes.text("network", ""),
                address(attributes),
                restart.optionalChoice("name", RestartPolicy.class),
                restart.integer("maximumRetryCount", 0, 0, Integer.MAX_VALUE),
                attributes.text("mountMode", ""),
                interval(attributes));
        restart.done();
        attributes.done();
        platform.done();
        return read;
    }

    private static String address(Fields attributes) {
        String name = "publishAddress";
        String text = attributes.text(name, "");
        if (text.isEmpty()) {
            return DEFAULT_PUBLISH_ADDRESS;
        }
        // Digits and colons are all that addresses consist of; a name could lead anywhere.
        if (!text.matches("[0-9.]{7,15}|[0-9a-fA-F:.]{2,39}")) {
            attributes
                    .report(ErrorCode.ADDRESS_INVALID, name)
                    .what("is no address")
                    .why("'" + text + "' stands there")
                    .fix("write an address of the machine, such as 127.0.0.1, or 0.0.0.0 for all")
                    .add();
            return DEFAULT_PUBLISH_ADDRESS;
        }
        return text;
    }

    /** A duration, or seconds as a number; nuclio refuses a fraction, here it counts. */
    private static Duration interval(Fields attributes) {
        String name = "healthCheckInterval";
        Optional<String> text = attributes.optionalText(name).filter(value -> !value.isEmpty());
        if (text.isEmpty()) {
            return DEFAULT_HEALTH_CHECK_INTERVAL;
        }
        Optional<Duration> interval = Scalars.number(text.get())
                .filter(seconds -> seconds > 0 && seconds < Integer.MAX_VALUE)
                .map(seconds -> Duration.ofMillis(Math.round(seconds * 1000)))
                .or(() -> GoDuration.parse(text.get()))
                .filter(Duration::isPositive);
        if (interval.isEmpty()) {
            attributes
                    .report(ErrorCode.DURATION_INVALID, name)
                    .what("is not a length of time")
                    .why("'" + text.get() + "' stands there")
                    .fix("write seconds or a duration, such as 5 or 500ms")
                    .add();
        }
        return interval.orElse(DEFAULT_HEALTH_CHECK_INTERVAL);
    }
}
