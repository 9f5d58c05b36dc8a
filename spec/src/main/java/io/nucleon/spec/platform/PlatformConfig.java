package io.nucleon.spec.platform;

import io.nucleon.spec.field.Choice;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.yaml.MapNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The content of platform.yaml with defaults filled in. Immutable and safe for many threads. {@code toString} shows no secret.
 *
 * @param kind as written; what the platform really is, its environment decides
 * @param raw the document as it was written. {@code functionAugmentedConfigs}, {@code ingressConfig}, {@code
 *     imageRegistryOverrides}, {@code projectsLeader}, {@code opa} and {@code streamMonitoring} are read from there by whoever needs
 *     them
 */
public record PlatformConfig(
        String kind,
        Listener webAdmin,
        Listener healthCheck,
        Logging logger,
        Metrics metrics,
        JournalConfig journal,
        boolean disableDefaultHttpTrigger,
        CronCreation cronTriggerCreationMode,
        Duration functionReadinessTimeout,
        Duration functionInvocationTimeout,
        RuntimeDefaults runtime,
        Scaling scaling,
        LocalConfig local,
        KubeConfig kube,
        SensitiveFields sensitiveFields,
        List<String> managedNamespaces,
        MapNode raw) {
    /** As nuclio. */
    public static final int WEB_ADMIN_PORT = 8081;

    /** As nuclio. */
    public static final int HEALTH_PORT = 8082;

    /** As nuclio; its documentation says 60. */
    public static final Duration DEFAULT_READINESS_TIMEOUT = Duration.ofMinutes(2);

    /** As nuclio. */
    public static final Duration DEFAULT_INVOCATION_TIMEOUT = Duration.ofMinutes(1);

    /** Who keeps the time of cron triggers. */
    public enum CronCreation implements Choice {
        PROCESSOR("processor"),
        KUBE("kube");

        private final String word;

        CronCreation(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /**
     * Whether exported functions lose their secrets.
     *
     * @param custom paths as regular expressions, beyond the usual ones
     */
    public record SensitiveFields(boolean mask, List<String> custom) {}

    static PlatformConfig read(Fields platform, MapNode raw) {
        platform.accept(
                "functionAugmentedConfigs",
                "ingressConfig",
                "imageRegistryOverrides",
                "projectsLeader",
                "iguazioSessionCookie",
                "opa",
                "streamMonitoring");
        var read = new PlatformConfig(
                platform.text("kind", ""),
                Listener.read(platform.map("webAdmin"), WEB_ADMIN_PORT),
                Listener.read(platform.map("healthCheck"), HEALTH_PORT),
                Logging.read(platform.map("logger")),
                Metrics.read(platform.map("metrics")),
                JournalConfig.read(platform.map("journal")),
                platform.bool("disableDefaultHTTPTrigger", false),
                platform.choice("cronTriggerCreationMode", CronCreation.PROCESSOR),
                platform.duration("functionReadinessTimeout", DEFAULT_READINESS_TIMEOUT),
                platform.duration("functionInvocationTimeout", DEFAULT_INVOCATION_TIMEOUT),
                RuntimeDefaults.read(platform.map("runtime")),
                Scaling.read(platform),
                LocalConfig.read(platform.map("local")),
                KubeConfig.read(platform.map("kube")),
                sensitive(platform.map("sensitiveFields")),
                platform.texts("managedNamespaces"),
                raw);
        platform.done();
        return read;
    }

    private static SensitiveFields sensitive(Fields fields) {
        var read =
                new SensitiveFields(fields.bool("maskSensitiveFields", false), fields.texts("customSensitiveFields"));
        fields.done();
        return read;
    }

    /** True inside a Kubernetes cluster, by the two variables that every pod has. */
    public static boolean isInCluster(Map<String, String> environment) {
        return environment.containsKey("KUBERNETES_SERVICE_HOST") && environment.containsKey("KUBERNETES_SERVICE_PORT");
    }
}
