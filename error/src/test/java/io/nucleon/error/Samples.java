package io.nucleon.error;

import java.util.List;

/** One message of each code, as the pages of {@code docs/errors.md} show it. */
final class Samples {
    private Samples() {}

    // One case a code, so that a new code without a sample does not compile.
    static ErrorMessage of(ErrorCode code) {
        return switch (code) {
            case CONFIG_UNREADABLE,
                    CONFIG_TOO_LARGE,
                    RUNTIME_UNKNOWN,
                    CONFIG_NOT_TEXT,
                    KEY_REPEATED,
                    CONFIG_NOT_A_MAPPING,
                    DOCUMENT_IGNORED,
                    FIELD_TYPE_WRONG,
                    FIELD_OUT_OF_RANGE,
                    DURATION_INVALID,
                    WORD_NOT_ALLOWED,
                    FIELD_MISSING,
                    TRIGGER_NAME_INVALID,
                    HTTP_TRIGGER_REPEATED,
                    META_IGNORED,
                    FUNCTION_NAME_INVALID,
                    FUNCTION_NAME_RESERVED,
                    REPLICAS_INVALID,
                    SETTING_IGNORED,
                    EXPLICIT_ACK_REFUSED,
                    HANDLER_MALFORMED,
                    RUNTIME_TOO_OLD,
                    IMAGE_INVALID,
                    VOLUME_INVALID,
                    SIZE_INVALID,
                    INLINE_CONFIG_INVALID,
                    CONTAINER_INVALID,
                    SINK_UNKNOWN,
                    CODE_ENTRY_INVALID,
                    CODE_MISSING,
                    IMAGE_WITHOUT_RUNTIME,
                    SCALE_TO_ZERO_REFUSED,
                    AUTOSCALE_METRIC_INVALID,
                    RUNTIME_MISSING,
                    ADDRESS_INVALID,
                    NODE_SELECTOR_INVALID,
                    RESTART_NEEDED -> ConfigSamples.of(code);
            case CODE_UNREACHABLE,
                    ADDRESS_REFUSED,
                    ARCHIVE_UNREADABLE,
                    CODE_REFUSED,
                    REPOSITORY_REFUSED,
                    DEPENDENCIES_FAILED,
                    BASE_IMAGE_MISSING,
                    ARTIFACT_NOT_WRITTEN,
                    IMAGE_NOT_PUSHED,
                    BUILD_TOOL_MISSING,
                    BUILD_COMMANDS_REFUSED,
                    DOCKER_UNREACHABLE,
                    PLATFORM_STATE_UNUSABLE,
                    DAEMON_UNREACHABLE,
                    FUNCTION_NOT_DEPLOYED,
                    FUNCTION_NOT_READY,
                    PROBE_FAILED,
                    VERSION_MISSING,
                    DEPLOY_WOULD_CHANGE -> BuildSamples.of(code);
            case YAML_INVALID ->
                ErrorMessage.of(
                                code,
                                "function.yaml:7:19 is not valid YAML",
                                "a mapping value starts where none is allowed",
                                "put 'brokers:' on its own line, two spaces deeper")
                        .at(new Place(
                                "function.yaml", 7, 19, "    kafka: brokers: [a:9092]", "a second ':' on one line"));
            case RUNTIME_UNSUPPORTED ->
                ErrorMessage.of(
                        code,
                        "runtime 'golang' is not in this version (function.yaml:3)",
                        "",
                        "keep this one on nuclio, or port the handler; here: python, java");
            case FIELD_UNKNOWN ->
                ErrorMessage.of(
                                code,
                                "function.yaml:9 has an unknown field spec.trigers",
                                "nuclio ignores unknown fields silently, so nucleon accepts the file too: no trigger is started from it",
                                "did you mean 'triggers'?")
                        .as(Severity.WARNING);
            case TRIGGER_KIND_UNKNOWN ->
                ErrorMessage.of(
                        code,
                        "trigger 'orders' has the unknown kind 'rabbitmq' (function.yaml:14)",
                        "kinds here: cron, http, kafka-cluster, rabbit-mq",
                        "did you mean 'rabbit-mq'?");
            case SHM_TOO_SMALL ->
                ErrorMessage.of(
                        code,
                        "shared memory is too small: 64 MiB, 96 MiB needed",
                        "12 workers × 8 MiB segments; containers often get 64 MiB",
                        "docker run --shm-size=256m, or lower --workers");
            case PROTOCOL_VERSION ->
                ErrorMessage.of(
                        code,
                        "worker speaks protocol 2.0, this runtime speaks 1.0",
                        "the worker files in image orders:1.4 were built by another nucleon",
                        "nucleon build orders --no-cache");
            case SHM_UNAVAILABLE ->
                ErrorMessage.of(
                        code,
                        "shared memory can't be had",
                        "memfd_create: Operation not permitted",
                        "--transport unix");
            case PROTOCOL_VIOLATION ->
                ErrorMessage.of(
                        code,
                        "worker 2 of orders broke the protocol while handling event 01J9Z7A1",
                        "a frame of 7340032 bytes was announced, 1048576 fit",
                        "worker replaced; look for native modules that write out of bounds");
            case SOCKET_UNAVAILABLE ->
                ErrorMessage.of(
                        code,
                        "the workers' socket can't be made in /run/user/1000/nucleon",
                        "Read-only file system",
                        "XDG_RUNTIME_DIR=/tmp/me nucleon run orders");
            case NO_FREE_WORKER ->
                ErrorMessage.of(
                        code,
                        "no free worker for 10 s; event not started",
                        "all 4 workers of 'web' of function 'orders' were busy, p50 handler time 2.1 s, 812 events waiting",
                        "raise numWorkers; for slow I/O use an async handler with mode: async");
            case EVENT_TIMED_OUT ->
                new ErrorMessage(
                        code,
                        "event 01J9Z7A9 passed its time limit of 30 s",
                        "handler still running at orders/main.py:52 (readinto in socket.py) when it was stopped",
                        List.of("give its slow calls a timeout, or raise spec.eventTimeout"));
            case DEAD_LETTERED ->
                ErrorMessage.of(
                                code,
                                "event 01J9Y0B3 is dead-lettered after 5 tries: KeyError: 'price' main.py:21",
                                "",
                                "nucleon events dead list orders")
                        .as(Severity.WARNING);
            case SOURCE_UNREACHABLE ->
                ErrorMessage.of(
                        code,
                        "kafka broker b1:9092 unreachable for trigger 'orders'",
                        "name resolved to 10.0.0.7, connect timed out after 5 s; retrying in 2 s, 4 s, … 60 s",
                        "nc -vz b1 9092");
            case SOURCE_REFUSED ->
                ErrorMessage.of(
                        code,
                        "kafka broker b1:9092 refused user 'svc-orders' (SASL/SCRAM-SHA-512)",
                        "wrong password or missing READ on topic 'orders'",
                        "check user, secret and rights");
            case TRIGGER_ATTRIBUTE_INVALID ->
                ErrorMessage.of(
                        code,
                        "starting trigger 'nightly' of function 'orders' failed",
                        "attributes.schedule '61 * * * *': minute 61 is not in 0-59",
                        "write minute, hour, day, month and weekday, such as '0 20 * * *'");
            case DEAD_LETTER_REFUSED ->
                ErrorMessage.of(
                        code,
                        "putting a dead letter of trigger 'orders' into topic 'orders-dead' failed",
                        "Topic orders-dead not present in metadata after 60000 ms.",
                        "see that it exists and may be written to; the event is kept and offered again");
            case EVENT_MALFORMED ->
                ErrorMessage.of(
                        code,
                        "an event of trigger 'orders' can't be given to its handler",
                        "its content type is that of a cloud event, and its body is none",
                        "see who publishes it: the body of application/cloudevents+json is one JSON object");
            case WORKER_CRASHED ->
                ErrorMessage.of(
                        code,
                        "worker 2 of orders crashed (SIGSEGV) while handling event 01J9Z7A1",
                        "last lines of its stderr:\n  | Fatal Python error: Segmentation fault\n  | File \"orders/main.py\", line 31 in score",
                        "worker restarted in 84 ms; HTTP is not retried, it was answered 500");
            case WORKER_OUT_OF_MEMORY ->
                ErrorMessage.of(
                        code,
                        "worker 1 of orders was killed for memory while handling event 01J9Z7A1",
                        "it had held 1.02 GiB by then, the limit of its control group is 1.00 GiB",
                        "raise the limit, or lower --in-flight (16 now) so that fewer events share one process");
            case DRAINING ->
                ErrorMessage.of(
                        code,
                        "orders is draining; event not started",
                        "the processor was told to stop and finishes what has started",
                        "send it again when the function is back");
            case CALLER_GONE ->
                ErrorMessage.of(
                                code,
                                "the caller of event 01J9Z7A9 is gone; its answer was dropped",
                                "the connection was closed 210 ms after the request",
                                "give the client a longer time limit if it should have waited")
                        .as(Severity.NOTE);
            case EVENT_TOO_LARGE ->
                ErrorMessage.of(
                        code,
                        "event 01J9Z7A1 does not fit: its headers take 70.2 KiB, 64 KiB can be carried",
                        "",
                        "send fewer or shorter headers");
            case JOURNAL_FULL ->
                new ErrorMessage(
                        code,
                        "the journal has no room for another event",
                        "/var/lib/nucleon/journal takes 20480 MiB of 20480 MiB that it may, 81204 events in it are not done;"
                                + " or the disk is full",
                        List.of("free space on its disk, or raise journal.maxSize", "nucleon events dead list"));
            case EVENT_NOT_RECORDED ->
                ErrorMessage.of(code, "no recorded event 01J9Y0B3", "", "nucleon events dead list orders");
            case JOURNAL_UNUSABLE ->
                ErrorMessage.of(
                        code,
                        "opening the journal in /var/lib/nucleon/journal failed",
                        "it is in use by process 4121",
                        "end the other process, or have another journal: nucleon run from another folder,"
                                + " journal.path of a processor");
            case PYTHON_MISSING ->
                ErrorMessage.of(
                        code,
                        "no python ≥ 3.9 found",
                        "looked for python3.13…3.9, python3, python on PATH; found python 2.7 (too old)",
                        "install Python 3.9+, or name one: --interpreter PATH (NUCLIO_PYTHON_EXE_PATH is read too)");
            case DOTNET_MISSING ->
                ErrorMessage.of(
                        code,
                        "no dotnet ≥ 3.1 found",
                        "looked for dotnet on PATH",
                        "install .NET 3.1 or newer, or name one: --interpreter PATH (NUCLIO_DOTNET_EXE_PATH is read too)");
            case NODE_MISSING ->
                ErrorMessage.of(
                        code,
                        "no node ≥ 18 found",
                        "looked for node, nodejs on PATH; found node 12.22.9 (too old)",
                        "install Node.js 18 or newer, or name one: --interpreter PATH");
            case INTERPRETER_MISSING ->
                ErrorMessage.of(
                        code,
                        "no ruby ≥ 2.7 found",
                        "looked for ruby on PATH",
                        "install Ruby 2.7 or newer, or name one: --interpreter PATH");
            case WORKER_START_FAILED ->
                ErrorMessage.of(
                        code,
                        "worker 0 of orders did not start",
                        "exit code 127; last lines of its stderr:\n  | /usr/bin/env: 'python3': No such file or directory",
                        "name an interpreter that runs: --interpreter PATH");
            case HANDLER_NOT_FOUND ->
                ErrorMessage.of(
                        code,
                        "no handler found in ./orders",
                        "no function.yaml, and main.py, main.js, main.rb, *.java, *.cs, *.sh were looked for",
                        "name the file: nucleon run orders/app.py");
            case HANDLER_MISSING ->
                new ErrorMessage(
                        code,
                        "orders/main.py has no function 'handler'",
                        "function.yaml:4 says handler: main:handler; main.py defines: handle, load",
                        List.of("did you mean 'handle'?", "set spec.handler: main:handle"));
            case SOURCE_INVALID ->
                ErrorMessage.of(code, "orders/main.py:12:12 invalid syntax", "", "fix the line and save")
                        .at(new Place("orders/main.py", 12, 12, "    retrun body", ""));
            case IMPORT_FAILED ->
                ErrorMessage.of(
                        code,
                        "orders/main.py:3 cannot import 'requests'",
                        "python 3.11.2 (.venv) has no such module; requirements.txt does not list it",
                        "pip install requests && echo requests >> orders/requirements.txt");
            case INIT_FAILED ->
                ErrorMessage.of(
                        code,
                        "init_context of orders raised ConnectionRefusedError (main.py:9)",
                        "[Errno 111] Connection refused",
                        "fix main.py:9");
            case HANDLER_FAILED ->
                ErrorMessage.of(
                        code, "orders raised ZeroDivisionError (main.py:7)", "division by zero", "fix main.py:7");
            case HANDLERS_STUCK ->
                ErrorMessage.of(
                        code,
                        "3 calls of handler Orders of function 'orders' passed their time limit and still run",
                        "each holds a thread and what it has allocated; Java can't end a thread that ignores interrupts",
                        "give every call that waits a timeout, or set runtimeAttributes.isolation: process");
            case HANDLER_WAITS ->
                ErrorMessage.of(
                                code,
                                "handler Orders of function 'orders' is marked @NonBlocking but took 25 ms",
                                "no other connection of its event loop was served meanwhile; it runs on worker threads from now on",
                                "remove @NonBlocking, or make it answer within 10 ms")
                        .as(Severity.WARNING);
            case RUNTIME_ATTRIBUTE_INVALID ->
                ErrorMessage.of(
                        code,
                        "starting function 'orders' failed",
                        "jvmOptions is not a list but '-Xmx512m'",
                        "write runtimeAttributes.jvmOptions as a list: [\"-Xmx512m\", \"-XX:+UseSerialGC\"]");
            case MODULE_NOT_IN_PROCESS ->
                ErrorMessage.of(
                        code,
                        "main.js:1 requires Node.js's module 'net' and runtime graaljs does not have it",
                        "the code runs in the processor, without Node.js around it",
                        "set spec.runtime: nodejs, or do without 'net'");
            case GUEST_LIMIT_PASSED ->
                ErrorMessage.of(
                        code,
                        "an event of orders ran more than 1000000 statements",
                        "its context was ended and replaced",
                        "let the handler do less at once, or raise runtimeAttributes.polyglot.statements");
            case NOT_IN_PROCESS ->
                ErrorMessage.of(
                                code,
                                "env [DB_URL] of function 'orders' has no effect",
                                "a running process keeps the environment that it was started with, and the handler runs in it",
                                "set runtimeAttributes.isolation: process")
                        .as(Severity.WARNING);
            case PORT_TAKEN ->
                ErrorMessage.of(
                        code,
                        "port 8080 is taken",
                        "process 8412 (node server.js) listens on 127.0.0.1:8080",
                        "nucleon run orders --port 8085      (--port 0 picks a free one)");
            case BODY_TOO_LARGE ->
                ErrorMessage.of(
                        code,
                        "body of 9.4 MiB is over the limit of 4 MiB",
                        "",
                        "set spec.triggers.http.attributes.maxRequestBodySize: 16777216, or send a link instead of the data");
            case ANSWER_INVALID ->
                ErrorMessage.of(
                        code,
                        "the handler's answer can't be sent as it is",
                        "its status is 42",
                        "set a status from 200 to 999, header names without blanks or colons, headers below 256 KiB");
            case FILE_NOT_SENT ->
                ErrorMessage.of(
                        code,
                        "sending the file that a handler of trigger 'http' named did not work",
                        "java.nio.file.AccessDeniedException: /srv/private/report.csv",
                        "name a file that the processor may read");
            case LOG_SINK_INVALID ->
                ErrorMessage.of(
                        code,
                        "logger.sinks.insights has a kind that is not in this version",
                        "kind 'appinsights'; here: stdout",
                        "set logger.sinks.insights.kind: stdout");
            case ADMIN_ADDRESS_REFUSED ->
                ErrorMessage.of(
                        code,
                        "serving health on 192.0.2.1:8082 failed",
                        "Cannot assign requested address",
                        "set another 'listenAddress' in platform.yaml, or 'enabled: false'");
            case USAGE -> ErrorMessage.of(code, "no verb 'invok'", "", "did you mean 'invoke'?");
            case FUNCTION_NOT_RUNNING ->
                ErrorMessage.of(
                        code, "no function 'order' runs here", "running here: orders, score", "did you mean 'orders'?");
            case FUNCTION_UNREACHABLE ->
                ErrorMessage.of(
                        code,
                        "orders does not answer at http://127.0.0.1:8080",
                        "Connection refused",
                        "see what its terminal says, or start it again: nucleon run orders");
            case CALL_TIMED_OUT ->
                ErrorMessage.of(
                        code,
                        "no answer from orders within 60 s",
                        "the connection is open, the answer has not come",
                        "--timeout 5m");
            case PAGE_UNKNOWN ->
                ErrorMessage.of(code, "no page for 'spec.trigers'", "", "did you mean 'spec.triggers'?");
            case FILE_UNREADABLE ->
                ErrorMessage.of(
                        code,
                        "-b @body.json can't be read",
                        "no such file",
                        "see that the path is right; it counts from /srv/orders");
            case HOST_NOT_STARTED ->
                ErrorMessage.of(
                        code,
                        "./orders did not start for this call",
                        "its process ended with exit code 137 before it was ready",
                        "nucleon run ./orders");
            case ANSWER_BROKEN ->
                ErrorMessage.of(
                        code,
                        "the answer of orders can't be read",
                        "the connection ended after 512 of 4096 bytes",
                        "see what its terminal says, then call again");
            case OUTPUT_CLOSED ->
                ErrorMessage.of(
                        code,
                        "the answer can't be written to standard output",
                        "No space left on device",
                        "free space and run the command again");
            case TRIGGER_NOT_THERE ->
                ErrorMessage.of(
                        code,
                        "function 'orders' has no mqtt trigger",
                        "its triggers: default-http (http), stream (kafka-cluster)",
                        "add one to function.yaml: nucleon explain spec.triggers");
            case EVENT_UNKNOWN ->
                ErrorMessage.of(code, "there is no event of kind 'kafak'", "", "did you mean 'kafka'?");
            case BROWSER_MISSING,
                    NOT_ON_PATH,
                    CLOCK_UNFIT,
                    SETTINGS_WRONG,
                    BENCH_UNCOMPARABLE,
                    BENCH_MISSING,
                    BENCH_UNREADABLE,
                    CHECK_FAILED,
                    EVENTS_INVALID,
                    TESTS_MISSING,
                    TEST_INVALID,
                    FILE_UNWRITABLE,
                    NOTHING_TO_COMPARE -> CommandSamples.of(code);
            case TEMPLATE_UNKNOWN -> ErrorMessage.of(code, "no template 'asink'", "", "did you mean 'async'?");
            case JDK_MISSING ->
                ErrorMessage.of(
                        code,
                        "no JDK 25 found",
                        "JAVA_HOME is not set; looked on PATH, in /usr/lib/jvm, /opt, ~/.sdkman and ~/.jdks too",
                        "apt-get install openjdk-25-jdk-headless, or set JAVA_HOME to a JDK 25 or newer");
            case MAVEN_MISSING ->
                ErrorMessage.of(
                        code,
                        "no Maven 3.9 or newer found",
                        "the source tree is built with it; looked in MAVEN_HOME, on PATH, in /usr/share/maven, /opt and ~/.sdkman",
                        "apt-get install maven, or set MAVEN_HOME");
            case BUILD_FAILED ->
                ErrorMessage.of(
                        code,
                        "building nucleon from its sources failed",
                        "Maven's first errors are above, all of it is in dist/build.log",
                        "fix the sources (a library that could not be fetched: try again), then run the same command");
            case DISTRIBUTION_INCOMPLETE ->
                ErrorMessage.of(
                        code,
                        "no jars in /opt/nucleon/lib",
                        "the distribution is incomplete",
                        "unpack the archive again");
            case INTERNAL ->
                ErrorMessage.of(
                        code,
                        "nucleon itself failed; your function did nothing wrong",
                        "internal: ring position went backwards (w2, 4711 < 4712)",
                        "run it again with -v and report what it prints");
        };
    }
}
