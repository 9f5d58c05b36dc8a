package io.nucleon.triggers.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against the examples of AWS's own test suite for signatures; botocore checks in {@link AwsClientTest}. */
class SignatureTest {

    private static final Credentials EXAMPLE =
            new Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "", Instant.MAX);
    private static final Instant TIME = Instant.parse("2015-08-30T12:36:00Z");

    private static Map<String, String> sign(Map<String, String> headers, String body) {
        return new Signature("us-east-1", "service")
                .sign(URI.create("https://example.amazonaws.com/"), headers, body.getBytes(UTF_8), EXAMPLE, TIME);
    }

    @Test
    void signsThePlainPostOfTheSuite() {
        assertThat(sign(Map.of(), ""))
                .containsEntry(
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                                + " SignedHeaders=host;x-amz-date,"
                                + " Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")
                .containsEntry("x-amz-date", "20150830T123600Z")
                .doesNotContainKey("host");
    }

    @Test
    void signsThePostWithABodyOfTheSuite() {
        assertThat(sign(Map.of("content-type", "application/x-www-form-urlencoded"), "Param1=value1"))
                .containsEntry(
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                                + " SignedHeaders=content-type;host;x-amz-date,"
                                + " Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
    }
}
