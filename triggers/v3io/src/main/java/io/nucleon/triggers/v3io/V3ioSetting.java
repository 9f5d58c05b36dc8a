package io.nucleon.triggers.v3io;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Choice;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.trigger.Credentials;
import io.nucleon.trigger.TriggerSetting;
import io.nucleon.triggers.shards.Position;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The attributes of a trigger on a stream of v3io. {@code toString} shows no secret.
 *
 * @param server without a path
 * @param path of the stream in its container, without slashes at its ends
 * @param batch records of a page at most
 * @param window records of a shard that are open, or done and not committed, at once at most
 * @param ackWindow how many records the committed number stays behind
 * @param session after which a processor that has said nothing is taken for dead
 */
record V3ioSetting(
        URI server,
        String accessKey,
        String container,
        String path,
        String group,
        Position initial,
        int batch,
        int window,
        int ackWindow,
        Duration session,
        Duration commit) {

    private static final int BATCH = 64;
    private static final int MOST = 10_000;
    private static final Duration SESSION = Duration.ofSeconds(10);
    private static final Duration COMMIT = Duration.ofSeconds(1);
    private static final String WINDOW_ANNOTATION = "custom.nuclio.io/v3iostream-window-size";
    private static final String GENERATED = "$generate";
    private static final String KEY_VARIABLE = "V3IO_ACCESS_KEY";
    private static final Pattern IN_URL = Pattern.compile("/+([^/]+)/(.+)@([^@/]+)");

    /** Of nuclio's library, for which there is nothing to set here. */
    private static final String[] WITHOUT_EFFECT = {
        "numTransportWorkers",
        "heartbeatInterval",
        "sequenceNumberShardWaitInterval",
        "recordBatchSizeChan",
        "workerAllocationMode",
        "logLevel",
        "pollingIntervalMs"
    };

    /** Where a new group begins. */
    enum Seek implements Choice {
        LATEST("latest"),
        EARLIEST("earliest");

        private final String word;

        Seek(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** Container, path and group. */
    private record Place(String container, String path, String group) {
        Place {
            path = path.replaceAll("^/+|/+$", "");
        }
    }

    static V3ioSetting read(Fields fields, TriggerSetting setting, Map<String, String> environment) {
        fields.accept(WITHOUT_EFFECT);
        URI url = url(fields, setting.url().strip());
        Place place = place(fields, url);
        int batch = fields.integer("readBatchSize", BATCH, 1, MOST);
        Duration session = fields.duration("sessionTimeout", SESSION);
        return new V3ioSetting(
                url.resolve("/"),
                accessKey(setting.spec().credentials(), environment),
                place.container,
                place.path,
                place.group,
                fields.choice("seekTo", Seek.LATEST) == Seek.LATEST ? Position.LATEST : Position.START,
                batch,
                2 * batch,
                ackWindow(fields, setting.function().annotations()),
                session.isPositive() ? session : SESSION,
                fields.duration("sequenceNumberCommitInterval", COMMIT));
    }

    private static URI url(Fields fields, String url) {
        try {
            URI uri = new URI(url);
            if (uri.getHost() != null
                    && uri.getScheme() != null
                    && uri.getScheme().matches("https?")) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        fields.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, "url")
                .what("is no address of v3io's web APIs")
                .why(url.isEmpty() ? "the trigger has no url" : "it begins with http:// or https://")
                .fix("write url: http://HOST:8081 beside the trigger's kind")
                .add();
        return URI.create("http://nowhere");
    }

    /** As in nuclio the URL may name all three, {@code /CONTAINER/PATH@GROUP}, if none of the attributes is there. */
    private static Place place(Fields fields, URI url) {
        String container = fields.text("containerName", "").strip();
        String path = fields.text("streamPath", "").strip();
        String group = fields.text("consumerGroup", "").strip();
        Matcher inUrl = IN_URL.matcher(url.getPath() == null ? "" : url.getPath());
        if (container.isEmpty() && path.isEmpty() && group.isEmpty() && inUrl.matches()) {
            return new Place(inUrl.group(1), inUrl.group(2), inUrl.group(3));
        }
        needed(fields, "containerName", container);
        needed(fields, "streamPath", path);
        needed(fields, "consumerGroup", group);
        return new Place(container, path, group);
    }

    private static void needed(Fields fields, String name, String value) {
        if (value.isEmpty()) {
            fields.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, name)
                    .what("is missing")
                    .why("the trigger reads a stream in a container as a member of a group")
                    .fix("write " + name + ": NAME, or all three in url: http://HOST/CONTAINER/PATH@GROUP")
                    .add();
        }
    }

    private static String accessKey(Credentials credentials, Map<String, String> environment) {
        String key = credentials.secret().isEmpty() ? credentials.password() : credentials.secret();
        return key.isEmpty() || key.equals(GENERATED) ? environment.getOrDefault(KEY_VARIABLE, "") : key;
    }

    /** As in nuclio the attribute wins over the annotation. */
    private static int ackWindow(Fields fields, Map<String, String> annotations) {
        String annotated = annotations.getOrDefault(WINDOW_ANNOTATION, "");
        int otherwise = annotated.matches("\\d{1,4}") ? Integer.parseInt(annotated) : 0;
        return fields.integer("ackWindowSize", otherwise, 0, MOST);
    }

    @Override
    public String toString() {
        return server + container + "/" + path + " as " + group;
    }
}
