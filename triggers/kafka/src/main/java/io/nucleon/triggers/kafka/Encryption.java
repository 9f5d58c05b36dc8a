package io.nucleon.triggers.kafka;

import io.nucleon.spec.field.Fields;
import io.nucleon.trigger.SecretText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.SslConfigs;

/** TLS as nuclio's attributes and annotations give it, as properties of the client. Stateless. */
final class Encryption {

    private Encryption() {}

    /**
     * The client's properties for TLS; none if the connection has none.
     *
     * @param byDefault whether it has one if nothing is said; a certificate to trust says so too
     */
    static Map<String, Object> read(Fields fields, Map<String, String> annotations, boolean byDefault) {
        Annotated attributes = new Annotated(fields, annotations);
        Fields tls = fields.map("tls");
        Annotated of = new Annotated(tls, annotations);
        String trusted = pem(attributes, "caCert", "ca-cert");
        String key = pem(attributes, "accessKey", "access-key");
        String certificate = pem(attributes, "accessCertificate", "access-cert");
        boolean enabled = of.bool("enable", "tls-enabled", byDefault || !trusted.isEmpty());
        boolean anybody = of.bool("insecureSkipVerify", "tls-insecure-skip-verify", false);
        String least = of.text("minimumVersion", "tls-minimum-version", "1.2");
        tls.done();
        if (!enabled) {
            return Map.of();
        }
        Map<String, Object> properties = new HashMap<>();
        properties.put(
                SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG,
                least.equals("1.2") ? List.of("TLSv1.2", "TLSv1.3") : List.of("TLSv1.3"));
        if (!trusted.isEmpty()) {
            properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
            properties.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, trusted);
        }
        if (!key.isEmpty() && !certificate.isEmpty()) {
            properties.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PEM");
            properties.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, key);
            properties.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, certificate);
        }
        if (anybody) {
            properties.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, TrustAll.class);
            properties.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "");
        }
        return properties;
    }

    private static String pem(Annotated attributes, String name, String annotation) {
        String folder = attributes.text("secretPath", "secret-path", "");
        return SecretText.pem(SecretText.of(attributes.text(name, annotation, ""), folder));
    }
}
