package io.nucleon.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is sent: the flags that {@code invoke}, {@code bench} and {@code test} share. nuctl's letters keep their meaning. */
public abstract sealed class CallOptions extends VerbOptions permits InvokeOptions, BenchOptions, TestOptions {
    @Option(
            names = {"-b", "--body"},
            paramLabel = "BODY",
            description = "body; @FILE reads a file, - standard input (default: piped input)")
    private String body;

    @Option(
            names = {"-m", "--method"},
            paramLabel = "METHOD",
            description = "method (default: GET; POST with a body)")
    private String method;

    @Option(
            names = {"-p", "--path"},
            paramLabel = "PATH",
            description = "path and query of the request")
    private String path = "/";

    @Option(
            names = {"-c", "--content-type"},
            paramLabel = "TYPE",
            description = "type of the body (default: JSON if it is JSON, else text)")
    private String contentType;

    @Option(
            names = {"-d", "--headers"},
            paramLabel = "NAME=VALUE,…",
            description = "headers; repeatable")
    private List<String> headerLists = new ArrayList<>();

    @Option(
            names = {"-H", "--header"},
            paramLabel = "'NAME: VALUE'",
            description = "one header; repeatable")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = {"-t", "--timeout"},
            paramLabel = "TIME",
            description = "how long to wait for the answer")
    private Duration timeout = Duration.ofSeconds(60);

    CallOptions() {}

    /** The body as given, {@code @FILE} and {@code -} not yet read. */
    public final Optional<String> body() {
        return Optional.ofNullable(body);
    }

    /** The method, if given. */
    public final Optional<String> method() {
        return Optional.ofNullable(method);
    }

    /** Path and query of the request. */
    public final String path() {
        return path;
    }

    /** The type of the body, if given. */
    public final Optional<String> contentType() {
        return Optional.ofNullable(contentType);
    }

    /** Headers as nuctl takes them: {@code NAME=VALUE,…}. */
    public final List<String> headerLists() {
        return List.copyOf(headerLists);
    }

    /** Headers as curl takes them: {@code NAME: VALUE}. */
    public final List<String> headers() {
        return List.copyOf(headers);
    }

    /** How long to wait for the answer. */
    public final Duration timeout() {
        return timeout;
    }

    @Override
    void check() {
        UsageError.unless(timeout.isPositive(), "--timeout", timeout.toString(), "it must be longer than nothing");
        UsageError.unless(method == null || isWord(method), "--method", method, "a method is one word of letters");
    }

    private static boolean isWord(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c < 128 && Character.isLetter(c));
    }
}
