package io.nucleon.support.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;

/** Something that speaks the JSON protocols of AWS, and does not look at signatures unless told to. */
public abstract class AwsServer extends BrokerProcess {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    AwsServer(Path folder) throws IOException {
        super(folder);
    }

    public final String url() {
        return "http://127.0.0.1:" + port();
    }

    /**
     * Calls an operation; fails if the status is not 200.
     *
     * @param target such as {@code Kinesis_20131202.ListStreams}
     * @param service its name in signatures
     */
    final JsonNode call(String service, String target, String json) throws IOException, InterruptedException {
        String version = target.startsWith("Kinesis") ? "1.1" : "1.0";
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/"))
                .timeout(LIMIT)
                .header("Content-Type", "application/x-amz-json-" + version)
                .header("X-Amz-Target", target)
                .header("X-Amz-Date", "20260101T000000Z")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/" + service
                                + "/aws4_request, SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> answer = send(request);
        if (answer.statusCode() != OK) {
            throw new IOException(target + ": status " + answer.statusCode() + " " + answer.body());
        }
        return answer.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(answer.body());
    }

    /** Once more on a new connection where the server has closed the one that was kept: it does so after some idle seconds. */
    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (HttpTimeoutException e) {
            throw e;
        } catch (IOException e) {
            requireAlive();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    /** A form that is posted, as older services of AWS want it; the answer as it is. */
    final String post(String service, String form) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/"))
                .timeout(LIMIT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/" + service
                                + "/aws4_request, SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != OK) {
            throw new IOException(form + ": status " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}
