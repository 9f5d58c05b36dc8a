package io.nucleon.triggers.v3io;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.trigger.JsonObject;
import io.nucleon.triggers.shards.SourceException;
import io.nucleon.triggers.shards.SourceException.Kind;
import io.nucleon.triggers.shards.http.Http;
import io.nucleon.triggers.shards.http.JsonText;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The web APIs of v3io: a call is a request, with no tries of its own. Safe for many threads; calls block for ten seconds at most. */
final class V3ioClient {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int FIRST_OTHER = 300;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int FAILED_CONDITION = 412;
    private static final int TOO_MANY = 429;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final byte[] EMPTY = "{}".getBytes(UTF_8);

    private final Http http = new Http();
    private final String trigger;
    private final V3ioSetting setting;

    V3ioClient(String trigger, V3ioSetting setting) {
        this.trigger = trigger;
        this.setting = setting;
    }

    /**
     * Calls a function on something of the stream.
     *
     * @param below the stream: a shard's number, an object's name, or empty for the stream itself
     */
    JsonObject call(String function, String below, JsonText body) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(below))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .header("X-v3io-function", function)
                .PUT(HttpRequest.BodyPublishers.ofString(body.toString()));
        if (!setting.accessKey().isEmpty()) {
            request.header("X-v3io-session-key", setting.accessKey());
        }
        HttpResponse<byte[]> answer;
        try {
            answer = http.send(request.build(), LIMIT);
        } catch (IOException e) {
            throw unreachable(Http.reason(e), e);
        }
        if (answer.statusCode() < OK || answer.statusCode() >= FIRST_OTHER) {
            throw failed(answer);
        }
        return JsonObject.parse(answer.body().length == 0 ? EMPTY : answer.body())
                .orElseThrow(() -> unreachable("status " + answer.statusCode() + " without JSON", null));
    }

    private URI uri(String below) {
        StringBuilder path = new StringBuilder("/").append(encode(setting.container()));
        for (String part : setting.path().split("/")) {
            path.append('/').append(encode(part));
        }
        return setting.server().resolve(path.append('/').append(encode(below)).toString());
    }

    private static String encode(String part) {
        return URLEncoder.encode(part, UTF_8).replace("+", "%20");
    }

    private SourceException failed(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        String reason = Http.quoted("status " + status + " " + new String(answer.body(), UTF_8));
        if (status >= FIRST_SERVER_ERROR) {
            return unreachable(reason, null);
        }
        return switch (status) {
            case TOO_MANY -> say(Kind.BUSY, "asks v3io too often", reason, "give the stream fewer readers");
            case NOT_FOUND ->
                say(
                        Kind.MISSING,
                        "finds nothing there",
                        reason,
                        "create the stream, or mend containerName and streamPath");
            case CONFLICT, FAILED_CONDITION -> say(Kind.CONFLICT, "came second", reason, "look again");
            case UNAUTHORIZED, FORBIDDEN ->
                say(
                        Kind.REFUSED,
                        "was refused",
                        reason,
                        "check the trigger's password or secret (an access key), and its rights");
            case BAD_REQUEST ->
                reason.contains("IllegalLocation")
                        ? say(Kind.TRIMMED, "asks for records that are gone", reason, "read faster")
                        : say(Kind.REFUSED, "was not understood", reason, "check the attributes");
            default -> say(Kind.REFUSED, "was refused", reason, "check the attributes");
        };
    }

    private SourceException unreachable(String why, Throwable cause) {
        return new SourceException(
                Kind.UNREACHABLE,
                ErrorMessage.of(
                        ErrorCode.SOURCE_UNREACHABLE,
                        "v3io at " + setting.server().getAuthority() + " unreachable for trigger '" + trigger + "'",
                        why + "; trying again after 1 s, 2 s, … 60 s",
                        "check the trigger's url, and that this machine reaches it"),
                cause);
    }

    private SourceException say(Kind kind, String did, String why, String fix) {
        return new SourceException(
                kind,
                ErrorMessage.of(
                        ErrorCode.SOURCE_REFUSED,
                        "trigger '" + trigger + "' on v3io stream '" + setting.path() + "' in container '"
                                + setting.container() + "' " + did,
                        why,
                        fix),
                null);
    }

    /** An answer that can't be what v3io says. */
    SourceException nonsense(String what) {
        return unreachable("its answer " + what, null);
    }
}
