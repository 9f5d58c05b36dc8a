package io.nucleon.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The flags of {@code invoke}; nuctl's letters keep their meaning. */
public final class InvokeOptions extends VerbOptions {
    /** The level from which the function's log lines are asked for. */
    public enum LogLevel {
        NONE,
        DEBUG,
        INFO,
        WARN,
        ERROR;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** nuctl's ways to a function; a local one has one way. */
    public enum Via {
        ANY,
        EXTERNAL_IP,
        LOADBALANCER,
        DOMAIN_NAME;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Parameters(paramLabel = "NAME|PATH", arity = "1", description = "function to call")
    private String target = "";

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

    @Option(
            names = {"-l", "--log-level"},
            paramLabel = "LEVEL",
            description = "show the function's log lines: ${COMPLETION-CANDIDATES}")
    private LogLevel logLevel = LogLevel.NONE;

    @Option(names = "--repeat", paramLabel = "N", description = "call so many times, one after the other")
    private int repeat = 1;

    @Option(names = "--fail", description = "end with 22 if the status is 400 or more")
    private boolean fail;

    @Option(names = "--raise-on-status", description = "end with 1 if the status is not 2xx")
    private boolean raiseOnStatus;

    @Option(names = "--include", description = "show status and headers before the body")
    private boolean include;

    @Option(names = "--curl", description = "show the call as a curl command instead of calling")
    private boolean curl;

    @Option(names = "--via", paramLabel = "WAY", description = "way to a deployed function: ${COMPLETION-CANDIDATES}")
    private Via via = Via.ANY;

    @Option(names = "--skip-tls", description = "take any certificate of a deployed function")
    private boolean skipTls;

    /** Name, folder or file of the function, as given. */
    public String target() {
        return target;
    }

    /** The body as given, {@code @FILE} and {@code -} not yet read. */
    public Optional<String> body() {
        return Optional.ofNullable(body);
    }

    /** The method, if given. */
    public Optional<String> method() {
        return Optional.ofNullable(method);
    }

    /** Path and query of the request. */
    public String path() {
        return path;
    }

    /** The type of the body, if given. */
    public Optional<String> contentType() {
        return Optional.ofNullable(contentType);
    }

    /** Headers as nuctl takes them: {@code NAME=VALUE,…}. */
    public List<String> headerLists() {
        return List.copyOf(headerLists);
    }

    /** Headers as curl takes them: {@code NAME: VALUE}. */
    public List<String> headers() {
        return List.copyOf(headers);
    }

    /** How long to wait for the answer. */
    public Duration timeout() {
        return timeout;
    }

    /** From which level the function's log lines are shown. */
    public LogLevel logLevel() {
        return logLevel;
    }

    /** How many calls are made. */
    public int repeat() {
        return repeat;
    }

    /** Whether a status of 400 or more ends with 22. */
    public boolean fail() {
        return fail;
    }

    /** Whether a status other than 2xx ends with 1. */
    public boolean raiseOnStatus() {
        return raiseOnStatus;
    }

    /** Whether status and headers are part of the result. */
    public boolean include() {
        return include;
    }

    /** Whether the call is only shown. */
    public boolean curl() {
        return curl;
    }

    /** Flags that were given and mean nothing for a function on this machine. */
    public List<String> withoutMeaningHere() {
        List<String> names = new ArrayList<>();
        if (via != Via.ANY) {
            names.add("--via");
        }
        if (skipTls) {
            names.add("--skip-tls");
        }
        return names;
    }

    @Override
    void check() {
        UsageError.unless(repeat > 0, "--repeat", String.valueOf(repeat), "at least one call is needed");
        UsageError.unless(timeout.isPositive(), "--timeout", timeout.toString(), "it must be longer than nothing");
        UsageError.unless(method == null || isWord(method), "--method", method, "a method is one word of letters");
    }

    private static boolean isWord(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c < 128 && Character.isLetter(c));
    }
}
