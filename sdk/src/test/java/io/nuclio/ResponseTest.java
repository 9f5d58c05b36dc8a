package io.nuclio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResponseTest {

    @Test
    void isAnEmptyPlainTextOkUnlessSet() {
        Response response = new Response();

        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(response.getContentType()).isEqualTo("text/plain");
        assertThat(response.getBody()).isEmpty();
        assertThat(response.getHeaders()).isEmpty();
    }

    @Test
    void hasHeadersThatCannotBeAddedToUnlessSet() {
        Map<String, Object> headers = new Response().getHeaders();

        assertThatThrownBy(() -> headers.put("A", "b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void returnsItselfFromEachSetter() {
        Response response = new Response();

        assertThat(response.setBody("text")).isSameAs(response);
        assertThat(response.setBody(new byte[] {1})).isSameAs(response);
        assertThat(response.setStatusCode(201)).isSameAs(response);
        assertThat(response.setHeaders(Map.of())).isSameAs(response);
        assertThat(response.setContentType("text/html")).isSameAs(response);
    }

    @Test
    void givesBackWhatWasSetWithoutCopying() {
        byte[] body = {1, 2, 3};
        Map<String, Object> headers = new HashMap<>();

        Response response = new Response()
                .setBody(body)
                .setStatusCode(418)
                .setHeaders(headers)
                .setContentType("application/octet-stream");

        assertThat(response.getBody()).isSameAs(body);
        assertThat(response.getStatusCode()).isEqualTo(418);
        assertThat(response.getHeaders()).isSameAs(headers);
        assertThat(response.getContentType()).isEqualTo("application/octet-stream");
    }

    @Test
    void keepsNullsForTheProcessorToJudge() {
        Response response =
                new Response().setBody((byte[]) null).setHeaders(null).setContentType(null);

        assertThat(response.getBody()).isNull();
        assertThat(response.getHeaders()).isNull();
        assertThat(response.getContentType()).isNull();
    }

    @Test
    void encodesTextInThePlatformsCharset() {
        Response response = new Response().setBody("grüße");

        assertThat(response.getBody()).isEqualTo("grüße".getBytes(Charset.defaultCharset()));
        assertThat(Charset.defaultCharset()).isEqualTo(UTF_8);
    }
}
