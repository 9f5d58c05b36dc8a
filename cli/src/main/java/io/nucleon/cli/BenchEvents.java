package io.nucleon.cli;

import io.nucleon.command.BenchOptions;
import io.nucleon.command.Terminal;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Place;
import io.nucleon.host.JsonReader;
import io.nucleon.host.JsonTree;
import io.nucleon.load.Request;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a bench sends: the call that the flags describe, or those of a file, in turn. Read once, before anything is started. Immutable. */
final class BenchEvents {
    private final List<Template> templates;

    /** A call but for the address of the function. */
    private record Template(String method, String path, List<Header> headers, CallBody body) {
        Call at(URI function) {
            return new Call(method, Call.address(function, path), headers, body);
        }
    }

    private BenchEvents(List<Template> templates) {
        this.templates = List.copyOf(templates);
    }

    /** Those that the flags describe. */
    static BenchEvents of(BenchOptions options, Terminal terminal) {
        if (options.events().isPresent()) {
            return new BenchEvents(read(options.events().get(), terminal));
        }
        return of(options, CallBody.of(options, terminal, false));
    }

    /** The one that the flags describe, with that body. */
    static BenchEvents of(BenchOptions options, CallBody body) {
        Call call = CallFactory.call(options, body, URI.create("http://127.0.0.1:1"));
        return new BenchEvents(List.of(new Template(call.method(), options.path(), call.headers(), body)));
    }

    /** Mean length of the bodies. */
    long bodyBytes() {
        return Math.round(
                templates.stream().mapToInt(one -> one.body.length()).average().orElse(0));
    }

    /** The first, as a call of a function. */
    Call only(URI function) {
        return templates.getFirst().at(function);
    }

    /** As they are sent to a function. */
    List<Request> requests(URI function) {
        return templates.stream()
                .map(one -> new Request(one.at(function).bytes(), one.method.equals("HEAD")))
                .toList();
    }

    private static List<Template> read(String name, Terminal terminal) {
        Path file = terminal.folder().resolve(name);
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw ErrorMessage.of(
                            ErrorCode.FILE_UNREADABLE, name + " can't be read", String.valueOf(e.getMessage()), "")
                    .toException(e);
        }
        List<Template> templates = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                templates.add(event(name, i + 1, lines.get(i)));
            }
        }
        if (templates.isEmpty()) {
            throw wrong(name, 1, "it holds no event");
        }
        return templates;
    }

    /** {@code {"method":"POST","path":"/","headers":{"X-A":"1"},"body":"text"}}; a body that is no text is sent as its JSON. */
    private static Template event(String file, int line, String text) {
        Map<String, Object> event =
                JsonReader.object(text).orElseThrow(() -> wrong(file, line, "it is no JSON object"));
        CallBody body = body(file, line, event);
        List<Header> headers = new ArrayList<>();
        JsonReader.asObject(event.get("headers")).orElse(Map.of()).forEach((name, value) -> {
            Optional<Header> header = CallFactory.header(name, String.valueOf(value));
            headers.add(header.orElseThrow(() -> wrong(file, line, "header '" + name + "' can't be sent")));
        });
        if (Header.first(headers, "Content-Type").isEmpty()) {
            body.guessedType().ifPresent(type -> headers.add(new Header("Content-Type", type)));
        }
        String method = JsonReader.text(event, "method").toUpperCase(Locale.ROOT);
        if (!method.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
            throw wrong(file, line, "its method is no word");
        }
        String path = JsonReader.text(event, "path");
        return new Template(
                method.isEmpty() ? (body.length() == 0 ? "GET" : "POST") : method,
                path.isEmpty() ? "/" : path,
                headers,
                body);
    }

    private static CallBody body(String file, int line, Map<String, Object> event) {
        if (event.get("bodyBase64") instanceof String coded) {
            try {
                return new CallBody(Base64.getDecoder().decode(coded), "");
            } catch (IllegalArgumentException e) {
                throw wrong(file, line, "bodyBase64 is no Base64");
            }
        }
        Object body = event.get("body");
        if (body == null) {
            return CallBody.NONE;
        }
        String text = body instanceof String plain ? plain : JsonTree.text(body);
        return new CallBody(text.getBytes(StandardCharsets.UTF_8), "");
    }

    private static RuntimeException wrong(String file, int line, String why) {
        return ErrorMessage.of(
                        ErrorCode.EVENTS_INVALID,
                        "line " + line + " of " + file + " is no event",
                        why,
                        "a line is like {\"method\":\"POST\",\"path\":\"/\",\"headers\":{},\"body\":\"text\"}")
                .at(Place.of(file, line, 0))
                .toException();
    }
}
