package io.nucleon.triggers.kafka;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NearestName;
import io.nucleon.spec.field.Fields;
import io.nucleon.trigger.SecretText;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;

/** SASL, beside {@link Encryption}, as nuclio's attributes and annotations give them, as properties of the client. */
final class Security {

    private static final List<String> MECHANISMS = List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER");
    /** The client fetches tokens only from addresses that the process allows; ours are those that a function's file names. */
    private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

    private final Annotated attributes;
    private final Fields sasl;
    private final Fields oauth;
    private final Annotated saslAttributes;
    private final String secretFolder;
    private final Map<String, Object> properties = new HashMap<>();

    private Security(Fields fields, Map<String, String> annotations) {
        attributes = new Annotated(fields, annotations);
        sasl = fields.map("sasl");
        oauth = sasl.map("oauth");
        saslAttributes = new Annotated(sasl, annotations);
        secretFolder = attributes.text("secretPath", "secret-path", "");
    }

    /** What connects, and as whom. */
    record Read(Map<String, Object> properties, String user) {}

    static Read read(Fields fields, Map<String, String> annotations) {
        Security security = new Security(fields, annotations);
        Map<String, Object> encryption = Encryption.read(fields, annotations, false);
        String user = security.sasl();
        security.oauth.done();
        security.sasl.done();
        boolean signsIn = security.properties.containsKey(SaslConfigs.SASL_MECHANISM);
        security.properties.putAll(encryption);
        security.properties.put(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                (signsIn ? "SASL_" : "") + (encryption.isEmpty() ? "PLAINTEXT" : "SSL"));
        return new Read(security.properties, user);
    }

    private String secret(Annotated where, String name, String annotation) {
        return SecretText.of(where.text(name, annotation, ""), secretFolder);
    }

    /** The user's name, empty if nobody signs in. */
    private String sasl() {
        String user = saslAttributes.text("user", "sasl-user", "");
        String password = secret(saslAttributes, "password", "sasl-password");
        String given = saslAttributes.text("mechanism", "sasl-mechanism", "PLAIN");
        sasl.accept("handshake"); // every broker that this client speaks to has it
        Annotated oauthAttributes = new Annotated(oauth, attributes.annotations());
        String client = oauthAttributes.text("clientID", "sasl-oauth-client-id", "");
        String clientSecret = secret(oauthAttributes, "clientSecret", "sasl-oauth-client-secret");
        String tokenUrl = oauthAttributes.text("tokenURL", "sasl-oauth-token-url", "");
        List<String> scopes = oauthAttributes.texts("scopes", "sasl-oauth-scopes");
        if (!saslAttributes.bool("enable", "sasl-enabled", false)) {
            return "";
        }
        String mechanism = given.toUpperCase(Locale.ROOT);
        if (!MECHANISMS.contains(mechanism)) {
            sasl.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, "mechanism")
                    .what("is no way to sign in")
                    .why("'" + given + "' stands there")
                    .fix(NearestName.advice(given, MECHANISMS, "use one of: "))
                    .add();
            return user;
        }
        if (mechanism.equals("OAUTHBEARER")) {
            requireText("clientID", client);
            requireText("tokenURL", tokenUrl);
            allow(tokenUrl);
            oauth(client, clientSecret, tokenUrl, String.join(" ", scopes));
            return client;
        }
        properties.putAll(passwordSignIn(mechanism, user, password));
        return user;
    }

    private void requireText(String name, String value) {
        if (value.isEmpty()) {
            oauth.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, name)
                    .what("is missing")
                    .why("OAUTHBEARER fetches tokens in a client's name")
                    .fix("set clientID and tokenURL in sasl.oauth, or choose another mechanism")
                    .add();
        }
    }

    /** The client's properties for a user with a password. */
    static Map<String, Object> passwordSignIn(String mechanism, String user, String password) {
        String module = mechanism.equals("PLAIN")
                ? "org.apache.kafka.common.security.plain.PlainLoginModule"
                : "org.apache.kafka.common.security.scram.ScramLoginModule";
        return Map.of(
                SaslConfigs.SASL_MECHANISM,
                mechanism,
                SaslConfigs.SASL_JAAS_CONFIG,
                module + " required username=" + quoted(user) + " password=" + quoted(password) + ";");
    }

    private void oauth(String client, String clientSecret, String tokenUrl, String scope) {
        properties.put(SaslConfigs.SASL_MECHANISM, "OAUTHBEARER");
        properties.put(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL, tokenUrl);
        properties.put(
                SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS,
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler");
        properties.put(
                SaslConfigs.SASL_JAAS_CONFIG,
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;");
        properties.put(SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_ID, client);
        properties.put(SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET, clientSecret);
        if (!scope.isEmpty()) {
            properties.put(SaslConfigs.SASL_OAUTHBEARER_SCOPE, scope);
        }
    }

    private static synchronized void allow(String url) {
        String allowed = System.getProperty(ALLOWED_URLS, "");
        if (!url.isEmpty() && !List.of(allowed.split(",")).contains(url)) {
            System.setProperty(ALLOWED_URLS, allowed.isEmpty() ? url : allowed + "," + url);
        }
    }

    /** A text in the client's login language, which ends strings at quotes and knows backslashes. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
