package io.nucleon.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The flags of {@code invoke}. */
public final class InvokeOptions extends CallOptions {
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
            names = {"-l", "--log-level"},
            paramLabel = "LEVEL",
            description = "show the function's log lines: ${COMPLETION-CANDIDATES}")
    private LogLevel logLevel = LogLevel.NONE;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "into the trigger of that kind, without its broker; PATH is the topic")
    private String kind = "http";

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

    @Option(
            names = "--external-ips",
            paramLabel = "ADDRESS,…",
            split = ",",
            description = "addresses of the cluster (kube only)")
    private List<String> externalIps = new ArrayList<>();

    @Option(names = "--skip-tls", description = "take any certificate of a deployed function")
    private boolean skipTls;

    /** Name, folder or file of the function, as given. */
    public String target() {
        return target;
    }

    /** From which level the function's log lines are shown. */
    public LogLevel logLevel() {
        return logLevel;
    }

    /** The kind of trigger that the event goes into. */
    public String kind() {
        return kind;
    }

    /** Whether it is a call over HTTP. */
    public boolean isCall() {
        return kind.equals("http");
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
        if (!externalIps.isEmpty()) {
            names.add("--external-ips");
        }
        if (skipTls) {
            names.add("--skip-tls");
        }
        return names;
    }

    @Override
    void check() {
        super.check();
        if (curl && !isCall()) {
            throw UsageError.error("invoke --curl has no --kind", "curl can only call", "leave one of them out");
        }
        UsageError.unless(repeat > 0, "--repeat", String.valueOf(repeat), "at least one call is needed");
    }
}
