package io.nucleon.spec.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.spec.FunctionReader;
import io.nucleon.spec.problem.Problem;
import io.nucleon.spec.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConfigTest {
    @Test
    void readsAllAttributes() {
        HttpConfig http = read("""
                spec:
                  triggers:
                    web:
                      kind: http
                      url: 127.0.0.1:9090
                      annotations: {nuclio.io/disable-port-publishing: "true"}
                      attributes:
                        PORT: 32001
                        readBufferSize: 8192
                        maxRequestBodySize: "1024"
                        serviceType: NodePort
                        ingresses:
                          main: {host: a.example, secretName: tls}
                        cors:
                          enabled: yes
                          allowOrigins: [https://a.example]
                          preflightMaxAgeSeconds: -1
                """);

        assertThat(http.address()).isEqualTo(new ListenAddress("127.0.0.1", 9090));
        assertThat(http.hostPort()).contains(32001);
        assertThat(http.readBufferBytes()).isEqualTo(8192);
        assertThat(http.maxRequestBodyBytes()).isEqualTo(1024);
        assertThat(http.publishPort()).isFalse();
        assertThat(http.ingresses().get("main").paths()).containsExactly("/");
        assertThat(http.cors().enabled()).isTrue();
        assertThat(http.cors().allowOrigins()).containsExactly("https://a.example");
        assertThat(http.cors().preflightMaxAgeSeconds()).isEqualTo(-1);
    }

    @Test
    void zeroMeansTheDefault() {
        HttpConfig http = read("spec: {triggers: {web: {kind: http, attributes: {port: 0, maxRequestBodySize: 0}}}}");

        assertThat(http.hostPort()).isEmpty();
        assertThat(http.maxRequestBodyBytes()).isEqualTo(4_194_304);
    }

    @Test
    void theFunctionsReaderReportsItsProblems() {
        String text = "spec: {triggers: {web: {kind: http, attributes: {prot: 1, ingresses: [a]}}}}";

        assertThat(FunctionReader.read(text, "function.yaml").problems())
                .extracting(Problem::path)
                .containsExactly("spec.triggers.web.attributes.prot", "spec.triggers.web.attributes.ingresses");
    }

    @ParameterizedTest
    @CsvSource({":8080, '', 8080", "127.0.0.1:0, 127.0.0.1, 0", "'[::1]:80', ::1, 80", "host:65535, host, 65535"})
    void readsAddresses(String text, String host, int port) {
        var address = new ListenAddress(host, port);

        assertThat(ListenAddress.parse(text)).contains(address);
        assertThat(address.toString()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8080", ":", ":65536", ":-1", "::1:80", "http://a:80", "a b:80", ":999999"})
    void refusesOtherAddresses(String text) {
        assertThat(ListenAddress.parse(text)).isEmpty();
    }

    private static HttpConfig read(String text) {
        var problems = new Problems();
        Trigger trigger = FunctionReader.read(text, "function.yaml")
                .value()
                .spec()
                .triggers()
                .get("web");
        HttpConfig http = HttpConfig.read(trigger, problems);
        assertThat(problems.list()).isEmpty();
        return http;
    }
}
