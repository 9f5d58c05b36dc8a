package io.nucleon.spec.field;

import java.util.Locale;
import java.util.Set;

/** Which fields hold secrets, and how one is shown. */
public final class Secrets {
    /** Stands for a secret wherever something is shown. */
    public static final String MASK = "****";

    private static final Set<String> NAMES = Set.of(
            "password",
            "secret",
            "accesskey",
            "accesskeyid",
            "secretaccesskey",
            "accesscertificate",
            "cacert",
            "clientsecret",
            "sharedaccesskeyvalue",
            "s3secretaccesskey",
            "s3sessiontoken",
            "s3accesskeyid",
            "authorization",
            "x-v3io-session-key",
            "contents",
            "token",
            "iguaziosessioncookie",
            "instrumentationkey",
            "connectionstring",
            "passphrase");

    private static final Set<String> PARTS = Set.of(
            "password",
            "passwd",
            "secret",
            "token",
            "accesskey",
            "access-key",
            "access_key",
            "apikey",
            "api_key",
            "private",
            "credential",
            "session-key");

    private Secrets() {}

    /** True when a field of this name holds a secret, by nuclio's list and by the usual words. */
    public static boolean isSecret(String field) {
        String name = field.toLowerCase(Locale.ROOT);
        if (NAMES.contains(name)) {
            return true;
        }
        // The name or path of a secret is none; nor is a list of names.
        if (name.endsWith("name") || name.endsWith("path") || name.endsWith("ref") || name.equals("imagepullsecrets")) {
            return false;
        }
        return PARTS.stream().anyMatch(name::contains);
    }

    /** The mask for a secret, nothing for an empty one: whether there is one at all may be told. */
    public static String mask(String secret) {
        return secret.isEmpty() ? "" : MASK;
    }

    /** A URL without the password that may stand in it. */
    public static String maskUrl(String url) {
        int scheme = url.indexOf("://");
        int at = url.lastIndexOf('@');
        int colon = scheme < 0 ? -1 : url.indexOf(':', scheme + 3);
        return colon < 0 || at < colon ? url : url.substring(0, colon + 1) + MASK + url.substring(at);
    }
}
