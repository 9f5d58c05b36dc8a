package io.nucleon.cli;

import io.nucleon.command.CallOptions;
import io.nucleon.command.InvokeOptions;
import io.nucleon.command.UsageError;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Makes the call that the flags describe. Stateless. */
final class CallFactory {
    private static final String TYPE = "Content-Type";
    private static final String SYMBOLS_OF_NAMES = "!#$%&'*+-.^_`|~";

    /** They say where the body ends; a wrong one makes the server wait or take the rest for another request. */
    private static final Set<String> OURS = Set.of("content-length", "transfer-encoding", "connection");

    private CallFactory() {}

    static Call call(CallOptions options, CallBody body, URI function) {
        List<Header> headers = headers(options);
        options.contentType().ifPresent(type -> {
            headers.removeIf(header -> header.name().equalsIgnoreCase(TYPE));
            headers.add(checked("--content-type", new Header(TYPE, type)));
        });
        if (Header.first(headers, TYPE).isEmpty()) {
            body.guessedType().ifPresent(type -> headers.add(new Header(TYPE, type)));
        }
        if (options instanceof InvokeOptions invoke && invoke.logLevel() != InvokeOptions.LogLevel.NONE) {
            headers.add(new Header("X-Nuclio-Log-Level", invoke.logLevel().toString()));
        }
        if (Header.first(headers, "User-Agent").isEmpty()) {
            headers.add(new Header("User-Agent", "nucleon"));
        }
        String method =
                options.method().orElse(body.length() == 0 ? "GET" : "POST").toUpperCase(Locale.ROOT);
        return new Call(method, Call.address(function, options.path()), headers, body);
    }

    private static List<Header> headers(CallOptions options) {
        List<Header> headers = new ArrayList<>();
        for (String list : options.headerLists()) {
            for (String pair : list.split(",", -1)) {
                if (!pair.isBlank()) {
                    headers.add(header("--headers", pair, '=', "headers are written NAME=VALUE,NAME=VALUE"));
                }
            }
        }
        for (String header : options.headers()) {
            headers.add(given(header));
        }
        return headers;
    }

    /** A header as {@code --header} has it. */
    static Header given(String header) {
        return header("--header", header, ':', "a header is written 'NAME: VALUE'");
    }

    private static Header header(String flag, String text, char separator, String form) {
        int end = text.indexOf(separator);
        if (end < 1) {
            throw UsageError.badValue(flag, text, form, "");
        }
        return checked(
                flag,
                new Header(
                        text.substring(0, end).strip(), text.substring(end + 1).strip()));
    }

    /** A header that can be sent; empty for one that can't. */
    static Optional<Header> header(String name, String value) {
        Header header = new Header(name, value);
        return isToken(name) && !hasControls(value) && !isOurs(name) ? Optional.of(header) : Optional.empty();
    }

    private static Header checked(String flag, Header header) {
        String name = header.name();
        if (!isToken(name)) {
            throw UsageError.badValue(flag, name, "a header's name has letters, digits and - only", "");
        }
        if (hasControls(header.value())) {
            throw UsageError.badValue(flag, name, "its value holds a control character", "");
        }
        if (isOurs(name)) {
            throw UsageError.badValue(flag, name, "it is set from the body", "leave it out");
        }
        return header;
    }

    private static boolean isToken(String name) {
        return !name.isEmpty()
                && name.chars()
                        .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || SYMBOLS_OF_NAMES.indexOf(c) >= 0));
    }

    private static boolean hasControls(String value) {
        return value.chars().anyMatch(c -> c != '\t' && (c < ' ' || c == 0x7f));
    }

    private static boolean isOurs(String name) {
        return OURS.contains(name.toLowerCase(Locale.ROOT));
    }
}
