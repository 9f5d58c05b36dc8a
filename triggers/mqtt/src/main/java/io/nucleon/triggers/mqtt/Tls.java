package io.nucleon.triggers.mqtt;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Fields;
import io.nucleon.trigger.SecretText;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * How a connection is encrypted; none if {@code context} is empty. {@code toString} shows no secret.
 *
 * @param checksName whether the certificate must be one of the host that was asked for
 */
record Tls(Optional<SslContext> context, boolean checksName) {

    /** Names and forms are those of Kafka's attributes: PEM, also on one line, or the path of a file. */
    static Tls read(Fields fields, boolean encrypted) {
        String folder = fields.text("secretPath", "");
        String trusted = pem(fields, "caCert", folder);
        String certificate = pem(fields, "accessCertificate", folder);
        String key = pem(fields, "accessKey", folder);
        Fields tls = fields.map("tls");
        boolean anybody = tls.bool("insecureSkipVerify", false);
        tls.done();
        if (!encrypted) {
            return new Tls(Optional.empty(), false);
        }
        try {
            SslContextBuilder builder = SslContextBuilder.forClient();
            if (anybody) {
                builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
            } else if (!trusted.isEmpty()) {
                builder.trustManager(stream(trusted));
            }
            if (!certificate.isEmpty() && !key.isEmpty()) {
                builder.keyManager(stream(certificate), stream(key));
            }
            return new Tls(Optional.of(builder.build()), !anybody);
        } catch (SSLException | IllegalArgumentException e) {
            fields.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, trusted.isEmpty() ? "accessKey" : "caCert")
                    .what("can't be used")
                    .why("certificates and keys are PEM (keys as PKCS#8), or the path of such a file")
                    .fix("see that caCert, accessCertificate and accessKey are whole")
                    .add();
            return new Tls(Optional.empty(), false);
        }
    }

    private static String pem(Fields fields, String name, String folder) {
        return SecretText.pem(SecretText.of(fields.text(name, ""), folder));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return context.isPresent() ? "TLS" : "no TLS";
    }
}
