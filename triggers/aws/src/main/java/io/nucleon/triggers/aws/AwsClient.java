package io.nucleon.triggers.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Clock;
import io.nucleon.trigger.JsonObject;
import io.nucleon.triggers.shards.SourceException;
import io.nucleon.triggers.shards.SourceException.Kind;
import io.nucleon.triggers.shards.http.Http;
import io.nucleon.triggers.shards.http.JsonText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One service of AWS, or something that speaks its protocol: a call is a request, with no tries of its own. Safe for many threads; calls
 * block for ten seconds at most.
 */
public final class AwsClient {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int FIRST_SERVER_ERROR = 500;

    private static final Set<String> BUSY = Set.of(
            "ProvisionedThroughputExceededException",
            "LimitExceededException",
            "ThrottlingException",
            "Throttling",
            "RequestLimitExceeded",
            "KMSThrottlingException");
    private static final Set<String> EXPIRED = Set.of("ExpiredIteratorException", "InvalidArgumentException");
    private static final Set<String> MISSING = Set.of("ResourceNotFoundException");
    private static final Set<String> TRIMMED = Set.of("TrimmedDataAccessException");
    private static final Set<String> CONFLICT =
            Set.of("ConditionalCheckFailedException", "ResourceInUseException", "TransactionConflictException");

    private final Service service;
    private final String region;
    private final URI uri;
    private final CredentialChain credentials;
    private final Http http;
    private final Clock clock;
    private final Subject subject;

    /**
     * Of whom messages speak.
     *
     * @param trigger its name
     * @param what is asked for: {@code stream 'orders'}
     */
    public record Subject(String trigger, String what) {}

    AwsClient(
            Service service,
            String region,
            URI uri,
            CredentialChain credentials,
            Http http,
            Clock clock,
            Subject subject) {
        this.service = service;
        this.region = region;
        this.uri = uri;
        this.credentials = credentials;
        this.http = http;
        this.clock = clock;
        this.subject = subject;
    }

    /**
     * Calls an operation.
     *
     * @throws SourceException if there is no answer, or one that is no success
     */
    public JsonObject call(String operation, JsonText request) throws InterruptedException {
        byte[] body = request.toString().getBytes(UTF_8);
        HttpRequest signed = signed(operation, body);
        HttpResponse<byte[]> answer;
        try {
            answer = http.send(signed, LIMIT);
        } catch (IOException e) {
            throw unreachable(Http.reason(e), e);
        }
        Optional<JsonObject> said = JsonObject.parse(answer.body());
        if (answer.statusCode() != OK && said.isPresent()) {
            throw failed(answer.statusCode(), said.get());
        }
        if (answer.statusCode() == UNAUTHORIZED || answer.statusCode() == FORBIDDEN) {
            throw refused(Http.quoted(new String(answer.body(), UTF_8)));
        }
        return said.orElseThrow(() -> unreachable("status " + answer.statusCode() + " without JSON", null));
    }

    private HttpRequest signed(String operation, byte[] body) throws InterruptedException {
        Map<String, String> plain =
                Map.of("content-type", service.contentType(), "x-amz-target", service.operation(operation));
        Instant now = Instant.ofEpochSecond(TimeUnit.NANOSECONDS.toSeconds(clock.wallNanos()));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(LIMIT).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        new Signature(region, service.signed())
                .sign(uri, plain, body, credentials(now), now)
                .forEach(request::setHeader);
        return request.build();
    }

    private Credentials credentials(Instant now) throws InterruptedException {
        try {
            return credentials.get(now);
        } catch (IOException e) {
            throw say(
                    Kind.REFUSED,
                    ErrorCode.SOURCE_REFUSED,
                    " can't be asked for " + subject.what() + " by ",
                    Http.reason(e),
                    "write attributes.accessKeyID and secretAccessKey, or give the processor a role");
        }
    }

    private SourceException failed(int status, JsonObject said) {
        String type = said.text("__type").replaceAll("^.*#", "");
        String reason = Http.quoted(said.text("message").isEmpty() ? type : said.text("message"));
        if (status >= FIRST_SERVER_ERROR || type.isEmpty()) {
            return unreachable("status " + status + " " + reason, null);
        }
        if (BUSY.contains(type)) {
            return say(
                    Kind.BUSY,
                    ErrorCode.SOURCE_UNREACHABLE,
                    " is asked too often by ",
                    reason,
                    "give the stream more shards");
        }
        if (EXPIRED.contains(type)) {
            return say(
                    Kind.EXPIRED,
                    ErrorCode.SOURCE_REFUSED,
                    " did not take an argument of ",
                    reason,
                    "read on from elsewhere");
        }
        if (TRIMMED.contains(type)) {
            return say(
                    Kind.TRIMMED,
                    ErrorCode.SOURCE_REFUSED,
                    " no longer has what it should give to ",
                    reason,
                    "read faster");
        }
        if (CONFLICT.contains(type)) {
            return say(
                    Kind.CONFLICT,
                    ErrorCode.SOURCE_REFUSED,
                    " had another change before that of ",
                    reason,
                    "look again");
        }
        if (MISSING.contains(type)) {
            return say(
                    Kind.MISSING,
                    ErrorCode.SOURCE_REFUSED,
                    " has no " + subject.what() + " for ",
                    reason,
                    "create it, or mend its name and attributes.regionName");
        }
        return refused(type + ": " + reason);
    }

    private SourceException refused(String why) {
        return say(
                Kind.REFUSED,
                ErrorCode.SOURCE_REFUSED,
                " refused " + subject.what() + " to ",
                why,
                "check attributes.accessKeyID and secretAccessKey, their rights, and attributes.regionName");
    }

    private SourceException unreachable(String why, Throwable cause) {
        return new SourceException(
                Kind.UNREACHABLE,
                ErrorMessage.of(
                        ErrorCode.SOURCE_UNREACHABLE,
                        service.title() + " at " + uri.getAuthority() + " unreachable for trigger '" + subject.trigger()
                                + "'",
                        why + "; trying again after 1 s, 2 s, … 60 s",
                        "check attributes.regionName and url, and that this machine reaches it"),
                cause);
    }

    private SourceException say(Kind kind, ErrorCode code, String did, String why, String fix) {
        return new SourceException(
                kind,
                ErrorMessage.of(
                        code,
                        service.title() + " at " + uri.getAuthority() + did + "trigger '" + subject.trigger() + "'",
                        why,
                        fix),
                null);
    }

    /** What was asked for is not there, as the answer shows. */
    public SourceException missing(String why, String fix) {
        return say(Kind.MISSING, ErrorCode.SOURCE_REFUSED, " has no " + subject.what() + " for ", why, fix);
    }

    /** An answer that can't be what the service says. */
    public SourceException nonsense(String what) {
        return unreachable("its answer " + what, null);
    }
}
