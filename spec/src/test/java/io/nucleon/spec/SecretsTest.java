package io.nucleon.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.spec.field.Secrets;
import io.nucleon.spec.platform.PlatformReader;
import io.nucleon.spec.yaml.NodeWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final String TEXT = """
            metadata: {name: a, annotations: {nuclio.io/kafka-sasl-password: hunter2}}
            spec:
              runtime: python
              env: [{name: DB_PASSWORD, value: hunter2}, {name: MODE, value: fast}]
              dataBindings: {db: {kind: v3io, url: 'http://u:hunter2@host/c', secret: hunter2, attributes: {password: hunter2}}}
              build: {codeEntryType: s3, functionSourceCode: aHVudGVyMg==,
                codeEntryAttributes: {s3SecretAccessKey: hunter2, headers: {Authorization: hunter2}}}
              imagePullSecrets: regcred
              triggers:
                q: {kind: rabbit-mq, url: 'amqp://u:hunter2@host', password: hunter2, secret: hunter2,
                    attributes: {accessKey: hunter2, sasl: {password: hunter2, oauth: {clientSecret: hunter2}}, topics: [x]}}
            """;

    @Test
    void noRecordPrintsASecret() {
        FunctionConfig config = FunctionReader.read(TEXT, "function.yaml").value();

        assertThat(config.toString()).doesNotContain("hunter2").doesNotContain("aHVudGVyMg");
        assertThat(config.spec().triggers().get("q").credentials().toString()).contains("password=****");
        assertThat(config.raw().toString()).doesNotContain("hunter2");
    }

    @Test
    void noProblemShowsASecret() {
        String text =
                "spec: {triggers: {a: {kind: http, attributes: {cors: {enabled: hunter2}}, secret: {a: hunter2}}}}";

        assertThat(FunctionReader.read(text, "function.yaml").problems().toString())
                .contains("spec.triggers.a.secret")
                .contains("'hunter2' stands there");
        assertThat(FunctionReader.read("spec: {env: [{name: A=hunter2}]}", "f").problems())
                .hasSize(1);
    }

    @Test
    void aMaskedDocumentHoldsNone() {
        FunctionConfig config = FunctionReader.read(TEXT, "function.yaml").value();

        String masked = NodeWriter.yaml(Masking.mask(config.raw()));

        assertThat(masked).doesNotContain("hunter2");
        assertThat(masked).contains("imagePullSecrets: regcred").contains("value: fast");
    }

    @Test
    void noPlatformPrintsASecret() {
        String text =
                "metrics: {sinks: {a: {kind: appinsights, url: 'http://u:hunter2@h', attributes: {instrumentationKey: hunter2}}}}";

        assertThat(PlatformReader.read(text, "platform.yaml").value().toString())
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "Password",
                "secretAccessKey",
                "caCert",
                "accessKeyID",
                "X-V3io-Session-Key",
                "Authorization",
                "nuclio.io/kafka-access-key",
                "MY_API_KEY",
                "githubToken"
            })
    void knowsSecretsByName(String name) {
        assertThat(Secrets.isSecret(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"secretName", "secretPath", "secretKeyRef", "imagePullSecrets", "key", "name", "username"})
    void knowsWhatIsNone(String name) {
        assertThat(Secrets.isSecret(name)).isFalse();
    }
}
