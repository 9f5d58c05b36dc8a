package io.nucleon.triggers.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nucleon.trigger.JsonObject;
import io.nucleon.triggers.shards.http.Http;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where credentials come from, the first that has some: the trigger's attributes, the environment, a web identity (service accounts of
 * Kubernetes), the container's agent, the machine's metadata. Those that expire are fetched anew in time. Safe for many threads.
 */
final class CredentialChain {

    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Duration EARLY = Duration.ofMinutes(5);
    private static final String CONTAINER = "http://169.254.170.2";
    private static final String MACHINE = "http://169.254.169.254";
    private static final int OK = 200;

    private final Credentials fixed;
    private final Map<String, String> environment;
    private final String region;
    private final Http http;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile Credentials fetched;

    /** @param fixed of the attributes; null if they have none */
    CredentialChain(Credentials fixed, Map<String, String> environment, String region, Http http) {
        this.fixed = fixed;
        this.environment = Map.copyOf(environment);
        this.region = region;
        this.http = http;
    }

    /** @throws IOException if there are none */
    Credentials get(Instant now) throws IOException, InterruptedException {
        if (fixed != null) {
            return fixed;
        }
        Credentials known = fetched;
        if (isGood(known, now)) {
            return known;
        }
        fetching.lockInterruptibly();
        try {
            if (!isGood(fetched, now)) {
                fetched = fetch(now);
            }
            return fetched;
        } finally {
            fetching.unlock();
        }
    }

    private static boolean isGood(Credentials known, Instant now) {
        return known != null && known.expires().minus(EARLY).isAfter(now);
    }

    private Credentials fetch(Instant now) throws IOException, InterruptedException {
        String key = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
        if (!key.isEmpty()) {
            return new Credentials(
                    key,
                    environment.getOrDefault("AWS_SECRET_ACCESS_KEY", ""),
                    environment.getOrDefault("AWS_SESSION_TOKEN", ""),
                    Instant.MAX);
        }
        if (environment.containsKey("AWS_WEB_IDENTITY_TOKEN_FILE")) {
            return webIdentity(now);
        }
        if (environment.containsKey("AWS_CONTAINER_CREDENTIALS_FULL_URI")
                || environment.containsKey("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")) {
            return container(now);
        }
        return machine(now);
    }

    private Credentials webIdentity(Instant now) throws IOException, InterruptedException {
        String token = Files.readString(Path.of(environment.get("AWS_WEB_IDENTITY_TOKEN_FILE")))
                .strip();
        String form = "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn="
                + URLEncoder.encode(environment.getOrDefault("AWS_ROLE_ARN", ""), UTF_8) + "&RoleSessionName="
                + URLEncoder.encode(environment.getOrDefault("AWS_ROLE_SESSION_NAME", "nucleon"), UTF_8)
                + "&WebIdentityToken=" + URLEncoder.encode(token, UTF_8);
        String domain = region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
        String url = environment.getOrDefault("AWS_ENDPOINT_URL_STS", "https://sts." + region + domain + "/");
        String xml = ask(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)),
                "the security token service");
        return new Credentials(
                element(xml, "AccessKeyId"),
                element(xml, "SecretAccessKey"),
                element(xml, "SessionToken"),
                expiry(element(xml, "Expiration"), now));
    }

    private static String element(String xml, String name) throws IOException {
        Matcher found = Pattern.compile("<" + name + ">([^<]+)</" + name + ">").matcher(xml);
        if (!found.find()) {
            throw new IOException("the answer of the security token service has no " + name);
        }
        return found.group(1);
    }

    private Credentials container(Instant now) throws IOException, InterruptedException {
        String full = environment.getOrDefault("AWS_CONTAINER_CREDENTIALS_FULL_URI", "");
        String url = full.isEmpty() ? CONTAINER + environment.get("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") : full;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).GET();
        String file = environment.getOrDefault("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "");
        String token = file.isEmpty()
                ? environment.getOrDefault("AWS_CONTAINER_AUTHORIZATION_TOKEN", "")
                : Files.readString(Path.of(file)).strip();
        if (!token.isEmpty()) {
            request.header("Authorization", token);
        }
        return ofJson(ask(request, "the container's credentials"), now);
    }

    private Credentials machine(Instant now) throws IOException, InterruptedException {
        if (environment.getOrDefault("AWS_EC2_METADATA_DISABLED", "").equalsIgnoreCase("true")) {
            throw none();
        }
        String base = environment.getOrDefault("AWS_EC2_METADATA_SERVICE_ENDPOINT", MACHINE);
        try {
            String token = ask(
                    HttpRequest.newBuilder(URI.create(base + "/latest/api/token"))
                            .header("X-aws-ec2-metadata-token-ttl-seconds", "300")
                            .PUT(HttpRequest.BodyPublishers.noBody()),
                    "the machine's metadata");
            String path = base + "/latest/meta-data/iam/security-credentials/";
            String role = metadata(path, token).lines().findFirst().orElseThrow(CredentialChain::none);
            return ofJson(metadata(path + role.strip(), token), now);
        } catch (IOException e) {
            IOException none = none();
            none.initCause(e);
            throw none;
        }
    }

    private String metadata(String url, String token) throws IOException, InterruptedException {
        return ask(
                HttpRequest.newBuilder(URI.create(url))
                        .header("X-aws-ec2-metadata-token", token)
                        .GET(),
                "the machine's metadata");
    }

    private static IOException none() {
        return new IOException(
                "no credentials: neither attributes.accessKeyID and secretAccessKey nor AWS_ACCESS_KEY_ID"
                        + " in the environment, and no role of a container or machine");
    }

    private static Credentials ofJson(String text, Instant now) throws IOException {
        JsonObject json = JsonObject.parse(text.getBytes(UTF_8))
                .orElseThrow(() -> new IOException("the credentials that came are no JSON"));
        if (json.text("AccessKeyId").isEmpty() || json.text("SecretAccessKey").isEmpty()) {
            throw new IOException("the credentials that came have no key");
        }
        return new Credentials(
                json.text("AccessKeyId"),
                json.text("SecretAccessKey"),
                json.text("Token"),
                expiry(json.text("Expiration"), now));
    }

    /** One that can't be read is soon. */
    private static Instant expiry(String text, Instant now) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return now.plus(EARLY.multipliedBy(2));
        }
    }

    private String ask(HttpRequest.Builder request, String whom) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(request.timeout(LIMIT).build(), LIMIT);
        if (answer.statusCode() != OK) {
            throw new IOException(whom + " answered with status " + answer.statusCode());
        }
        return new String(answer.body(), UTF_8);
    }
}
