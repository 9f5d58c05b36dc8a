package io.nucleon.cli;

import io.nucleon.host.JsonReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a host says about itself on its admin pages. Stateless. */
final class HostPage {
    /** It is on this machine, and answers from memory. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private HostPage() {}

    /** The object at a page; empty if the host has no such page, or does not answer. */
    static Optional<Map<String, Object>> object(String server, String path, Clock clock) {
        if (server.isEmpty()) {
            return Optional.empty();
        }
        URI url = URI.create(server);
        Call call = new Call("GET", Call.address(url, path), List.of(), CallBody.NONE);
        AnswerPrinter answer = AnswerPrinter.collecting();
        try (HttpConnection connection = new HttpConnection(url, clock)) {
            connection.send(call, LIMIT, answer);
        } catch (IOException e) {
            return Optional.empty();
        }
        return answer.head().status() == 200
                ? JsonReader.object(new String(answer.bytes(), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /** The list member of that name as objects; what is none is left out. */
    static List<Map<String, Object>> objects(Map<String, Object> members, String name) {
        return members.get(name) instanceof List<?> list
                ? list.stream()
                        .map(JsonReader::asObject)
                        .flatMap(Optional::stream)
                        .toList()
                : List.of();
    }

    /** What a host says of one of its functions. */
    static Optional<Map<String, Object>> function(String server, String name, Clock clock) {
        return object(server, "/functions", clock)
                .flatMap(page -> objects(page, "functions").stream()
                        .filter(function -> name.equals(JsonReader.text(function, "name")))
                        .findFirst());
    }
}
