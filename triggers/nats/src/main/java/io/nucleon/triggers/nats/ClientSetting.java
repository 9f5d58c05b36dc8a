package io.nucleon.triggers.nats;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.trigger.Credentials;
import io.nucleon.trigger.TriggerSetting;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How to reach the servers. {@code toString} shows no secret.
 *
 * @param servers URLs, at least one
 * @param user empty for none
 * @param credentialsFile of a JWT and its key; empty for none
 */
record ClientSetting(
        List<String> servers,
        String user,
        String password,
        String token,
        String credentialsFile,
        Duration timeout,
        Duration reconnectWait,
        Duration reconnectJitter,
        Duration pingInterval,
        int maxPingsOut) {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration RECONNECT_WAIT = Duration.ofSeconds(2);
    private static final Duration RECONNECT_JITTER = Duration.ofMillis(100);
    private static final Duration PING_INTERVAL = Duration.ofMinutes(2);
    private static final int PINGS_OUT = 2;

    /** nuclio ends after a while without its server, and a new container begins anew; this trigger goes on trying. */
    private static final String[] WITHOUT_EFFECT = {"allowReconnect", "maxReconnect", "drainTimeout", "flusherTimeout"};

    private static final String ANNOTATION = "nuclio.io/nats-";

    ClientSetting {
        servers = List.copyOf(servers);
    }

    static ClientSetting read(Fields fields, TriggerSetting setting) {
        fields.accept(WITHOUT_EFFECT);
        Credentials credentials = setting.spec().credentials();
        Map<String, String> annotations = setting.function().annotations();
        return new ClientSetting(
                servers(fields, setting.url()),
                credentials.username(),
                credentials.password(),
                credentials.secret(),
                fields.text("credentialsFile", ""),
                duration(fields, "timeout", annotations, "timeout", TIMEOUT),
                duration(fields, "reconnectWait", annotations, "reconnect-wait", RECONNECT_WAIT),
                duration(fields, "reconnectJitter", annotations, "reconnect-jitter", RECONNECT_JITTER),
                duration(fields, "pingInterval", annotations, "ping-interval", PING_INTERVAL),
                fields.integer("maxPingsOut", PINGS_OUT, 1, 1000));
    }

    /** As in nuclio an annotation of the function wins over the attribute. */
    private static Duration duration(
            Fields fields, String name, Map<String, String> annotations, String annotation, Duration otherwise) {
        Duration given = fields.duration(name, otherwise);
        String text = annotations.get(ANNOTATION + annotation);
        return text == null
                ? given
                : io.nucleon.spec.field.GoDuration.parse(text).orElse(given);
    }

    private static List<String> servers(Fields fields, String url) {
        List<String> servers = new ArrayList<>();
        for (String one : url.split(",")) {
            String server = one.strip();
            if (!server.isEmpty() && isServer(server)) {
                servers.add(server);
            } else {
                fields.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, "url")
                        .what("names no NATS server")
                        .why(
                                server.isEmpty()
                                        ? "the trigger has no url"
                                        : "a URL of NATS begins with nats://, tls:// or ws://")
                        .fix("write url: nats://HOST:4222 beside the trigger's kind; several are parted by commas")
                        .add();
            }
        }
        return servers;
    }

    private static boolean isServer(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null
                    && uri.getScheme() != null
                    && List.of("nats", "tls", "opentls", "ws", "wss").contains(uri.getScheme());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return servers.stream()
                .map(server -> server.replaceAll("//[^@/]*@", "//"))
                .toList()
                .toString();
    }
}
