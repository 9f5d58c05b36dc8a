package io.nucleon.triggers.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signature Version 4 of a POST without a query, as AWS describes it in "Signature Version 4 signing process". Immutable.
 *
 * @param service its name in signatures
 */
record Signature(String region, String service) {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int DAY = 8;

    /**
     * All headers of the request but {@code host}, which the client sets by itself: the given ones, and those of the signature.
     *
     * @param given names in lower case
     */
    Map<String, String> sign(URI uri, Map<String, String> given, byte[] body, Credentials credentials, Instant now) {
        String time = TIME.format(now);
        String scope = time.substring(0, DAY) + "/" + region + "/" + service + "/aws4_request";
        TreeMap<String, String> headers = new TreeMap<>(given);
        headers.put("host", host(uri));
        headers.put("x-amz-date", time);
        if (!credentials.token().isEmpty()) {
            headers.put("x-amz-security-token", credentials.token());
        }
        StringBuilder canonical = new StringBuilder("POST\n")
                .append(uri.getRawPath().isEmpty() ? "/" : uri.getRawPath())
                .append("\n\n");
        headers.forEach((name, value) ->
                canonical.append(name).append(':').append(value.strip()).append('\n'));
        String names = String.join(";", headers.keySet());
        canonical.append('\n').append(names).append('\n').append(hex(sha256(body)));

        String toSign = ALGORITHM + "\n" + time + "\n" + scope + "\n"
                + hex(sha256(canonical.toString().getBytes(UTF_8)));
        byte[] key = hmac(("AWS4" + credentials.secret()).getBytes(UTF_8), time.substring(0, DAY));
        key = hmac(hmac(hmac(key, region), service), "aws4_request");
        headers.put(
                "authorization",
                ALGORITHM + " Credential=" + credentials.keyId() + "/" + scope + ", SignedHeaders=" + names
                        + ", Signature=" + hex(hmac(key, toSign)));
        headers.remove("host");
        return headers;
    }

    /** As the client writes it: with a port only if that is not the scheme's own. */
    private static String host(URI uri) {
        int own = uri.getScheme().equals("https") ? 443 : 80;
        return uri.getPort() < 0 || uri.getPort() == own ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
