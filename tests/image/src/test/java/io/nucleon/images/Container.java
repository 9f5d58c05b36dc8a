package io.nucleon.images;

import static org.awaitility.Awaitility.await;

import io.nucleon.support.DockerEngine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A container of a function's image that may write nowhere but to {@code /tmp}; gone when it is closed. */
record Container(DockerEngine engine, String id) implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(40);

    static Container run(DockerEngine engine, String image, String... flags) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "run", "--detach", "--read-only", "--tmpfs=/tmp", "--shm-size=64m", "--publish=127.0.0.1::8080"));
        words.addAll(List.of(flags));
        words.add(image);
        return new Container(engine, engine.docker(words.toArray(String[]::new)));
    }

    /** Waits until Docker itself has found it well; fails with what it printed if it ends before. */
    Container awaitHealthy() {
        await("health of the container").atMost(SOON).until(() -> {
            String state = engine.docker("inspect", "--format", "{{.State.Status}} {{.State.Health.Status}}", id);
            if (!state.startsWith("running")) {
                throw new IllegalStateException(state + ": " + logs());
            }
            return state.equals("running healthy");
        });
        return this;
    }

    /** The answer to a POST, status first. */
    String post(String body) throws IOException {
        String address = engine.docker("port", id, "8080").lines().findFirst().orElseThrow();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://" + address + "/"))
                            .timeout(SOON)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body().strip();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    String logs() throws IOException {
        return engine.docker("logs", id);
    }

    @Override
    public void close() throws IOException {
        engine.docker("rm", "--force", "--volumes", id);
    }
}
