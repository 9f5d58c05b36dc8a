package io.nucleon.triggers.aws;

import io.nucleon.error.ErrorCode;
import io.nucleon.invoke.Clock;
import io.nucleon.spec.field.Fields;
import io.nucleon.trigger.TriggerSetting;
import io.nucleon.triggers.shards.http.Http;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Map;

/**
 * How services are reached. {@code toString} shows no secret.
 *
 * @param url of the trigger's service; empty for the region's own
 */
public record AwsSetting(String region, String url, CredentialChain credentials, Http http, Clock clock) {

    private static final int MOST_REGION = 40;

    /**
     * Reads {@code regionName}, {@code accessKeyID}, {@code secretAccessKey} and {@code sessionToken}.
     *
     * @param environment of the process
     */
    public static AwsSetting read(Fields fields, TriggerSetting setting, Map<String, String> environment) {
        String region = region(fields, environment);
        Http http = new Http();
        return new AwsSetting(
                region,
                url(fields, "url", setting.url()),
                new CredentialChain(fixed(fields), environment, region, http),
                http,
                setting.clock());
    }

    private static String region(Fields fields, Map<String, String> environment) {
        String otherwise = environment.getOrDefault("AWS_REGION", environment.getOrDefault("AWS_DEFAULT_REGION", ""));
        String region = fields.text("regionName", otherwise).strip();
        if (region.length() > MOST_REGION || !region.matches("[a-z0-9-]+")) {
            fields.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, "regionName")
                    .what(region.isEmpty() ? "is missing" : "names no region")
                    .why(region.isEmpty() ? "AWS_REGION names none either" : "a region looks like eu-west-1")
                    .fix("write regionName: eu-west-1")
                    .add();
        }
        return region;
    }

    /** Null for none. */
    private static Credentials fixed(Fields fields) {
        String key = fields.text("accessKeyID", "").strip();
        String secret = fields.text("secretAccessKey", "").strip();
        String token = fields.text("sessionToken", "").strip();
        if (key.isEmpty() != secret.isEmpty()) {
            fields.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, key.isEmpty() ? "accessKeyID" : "secretAccessKey")
                    .what("is missing")
                    .why("the other half of the key is there")
                    .fix("write both, or neither to use the environment's or the machine's role")
                    .add();
        }
        return key.isEmpty() ? null : new Credentials(key, secret, token, Instant.MAX);
    }

    /** The same as it is, or empty with a complaint. */
    static String url(Fields fields, String name, String url) {
        if (url.isBlank()) {
            return "";
        }
        try {
            URI uri = new URI(url.strip());
            if (uri.getHost() != null
                    && uri.getScheme() != null
                    && uri.getScheme().matches("https?")) {
                return url.strip();
            }
        } catch (URISyntaxException e) {
            // said below
        }
        fields.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, name)
                .what("is no address of a service")
                .why("it begins with http:// or https://")
                .fix("leave it out for AWS itself")
                .add();
        return "";
    }

    /**
     * A client of one of the services.
     *
     * @param at its address; empty for the region's own
     */
    public AwsClient client(Service service, String at, AwsClient.Subject subject) {
        URI uri = URI.create(at.isEmpty() ? service.url(region) : at);
        return new AwsClient(service, region, uri, credentials, http, clock, subject);
    }

    @Override
    public String toString() {
        return region + " " + url;
    }
}
