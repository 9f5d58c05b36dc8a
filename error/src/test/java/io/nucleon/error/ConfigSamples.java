package io.nucleon.error;

/** Messages of the codes of configuration files, as the pages of {@code docs/errors.md} show them. */
final class ConfigSamples {
    private ConfigSamples() {}

    static ErrorMessage of(ErrorCode code) {
        return switch (code) {
            case CONFIG_UNREADABLE ->
                ErrorMessage.of(
                        code,
                        "orders/function.yaml can't be read",
                        "the system says: Permission denied",
                        "check the path and its rights");
            case CONFIG_TOO_LARGE ->
                ErrorMessage.of(
                        code,
                        "function.yaml:6:5 is over a limit",
                        "its aliases stand for more than 100000 values once they are expanded",
                        "make it smaller; no real configuration needs as much");
            case RUNTIME_UNKNOWN ->
                ErrorMessage.of(code, "runtime 'pyton' is unknown (function.yaml:3)", "", "did you mean 'python'?");
            case CONFIG_NOT_TEXT ->
                ErrorMessage.of(
                        code, "function.yaml:2:8 is not text", "these bytes are not UTF-8", "save the file as UTF-8");
            case KEY_REPEATED ->
                ErrorMessage.of(
                        code,
                        "function.yaml:12 has the key 'orders' a second time",
                        "only one of the two values could count",
                        "remove one of them, or give it another name");
            case CONFIG_NOT_A_MAPPING ->
                ErrorMessage.of(
                        code,
                        "function.yaml:1 does not describe a function",
                        "it holds a list instead of a mapping",
                        "write 'metadata:' and 'spec:' with their fields below them");
            case DOCUMENT_IGNORED ->
                ErrorMessage.of(
                                code,
                                "function.yaml:14 starts a second document",
                                "only the first document of a file is read",
                                "put it into a file of its own")
                        .as(Severity.WARNING);
            case FIELD_TYPE_WRONG ->
                ErrorMessage.of(
                        code,
                        "function.yaml:4 spec.version is not a whole number",
                        "'two' stands there",
                        "write a whole number, such as 1");
            case FIELD_OUT_OF_RANGE ->
                ErrorMessage.of(
                        code,
                        "function.yaml:9 spec.triggers.http.numWorkers is out of range",
                        "'100001' is not between 0 and 100000",
                        "write a number between 0 and 100000");
            case DURATION_INVALID ->
                ErrorMessage.of(
                        code,
                        "function.yaml:5 spec.eventTimeout is not a length of time",
                        "'30' stands there",
                        "write a number with a unit (ns, us, ms, s, m, h), such as 500ms or 1m30s");
            case WORD_NOT_ALLOWED ->
                ErrorMessage.of(
                        code,
                        "function.yaml:10 spec.triggers.http.mode can't be 'asinc'",
                        "allowed are: sync, async",
                        "did you mean 'async'?");
            case FIELD_MISSING ->
                ErrorMessage.of(
                        code,
                        "function.yaml:8 spec.triggers.orders.kind is missing",
                        "the kind says where the events of trigger 'orders' come from",
                        "add one of: http, cron, kafka-cluster");
            case TRIGGER_NAME_INVALID ->
                ErrorMessage.of(
                        code,
                        "function.yaml:10 spec.triggers.web.name differs from the trigger's key",
                        "Trigger key and name mismatch (web != http)",
                        "remove 'name', or write: name: web");
            case HTTP_TRIGGER_REPEATED ->
                ErrorMessage.of(
                        code,
                        "trigger 'admin' is the second of kind http (function.yaml:12)",
                        "There's more than one http trigger (unsupported): 'web' is the first",
                        "remove one of them; one trigger can have several ingresses and serves every path");
            case META_IGNORED ->
                ErrorMessage.of(
                                code,
                                "function.yaml:1 calls its block 'meta' instead of 'metadata'",
                                "nuclio ignores it, so name and labels in it have no effect",
                                "write 'metadata:'")
                        .as(Severity.WARNING);
            case FUNCTION_NAME_INVALID ->
                ErrorMessage.of(
                        code,
                        "function.yaml:3 metadata.name can't be 'My_Function'",
                        "names have at most 63 of a-z, 0-9 and '-', with no '-' at the ends",
                        "write 'my-function'");
            case FUNCTION_NAME_RESERVED ->
                ErrorMessage.of(
                        code,
                        "function.yaml:3 metadata.name can't be 'dashboard'",
                        "Function name dashboard is reserved and cannot be used.",
                        "give it another name, such as 'my-dashboard'");
            case REPLICAS_INVALID ->
                ErrorMessage.of(
                        code,
                        "function.yaml:6 spec.minReplicas is 0",
                        "Max replicas must be set when min replicas is zero",
                        "add 'maxReplicas', at least 1");
            case SETTING_IGNORED ->
                ErrorMessage.of(
                                code,
                                "function.yaml:11 spec.triggers.web.batch has no effect",
                                "Batching configuration is ignored: only http triggers have it",
                                "remove it")
                        .as(Severity.WARNING);
            case EXPLICIT_ACK_REFUSED ->
                ErrorMessage.of(
                        code,
                        "function.yaml:12 spec.triggers.orders.explicitAckMode does not go with worker allocation mode 'pool'",
                        "Explicit ack mode is not allowed when using worker pool allocation mode",
                        "set spec.triggers.orders.attributes.workerAllocationMode: static");
            case HANDLER_MALFORMED ->
                ErrorMessage.of(
                        code,
                        "handler 'handler' can't be read (function.yaml:4)",
                        "Malformed handler: it has no module before a ':'",
                        "set spec.handler: main:handler");
            case RUNTIME_TOO_OLD ->
                ErrorMessage.of(
                        code,
                        "runtime 'python:3.6' is too old (function.yaml:3)",
                        "the wrapper is written for Python 3.9 and later",
                        "set spec.runtime: python:3.11");
            case IMAGE_INVALID ->
                ErrorMessage.of(
                        code,
                        "function.yaml:7 spec.build.image can't be 'Orders Image'",
                        "Invalid Spec.Build.Image passed",
                        "write a reference such as 'orders' or 'registry:5000/team/orders:1.4'");
            case VOLUME_INVALID ->
                ErrorMessage.of(
                        code,
                        "function.yaml:15 spec.volumes[0] has two names",
                        "Volume and volume mount must have the same name: 'data' and 'files'",
                        "write the same name in both");
            case SIZE_INVALID ->
                ErrorMessage.of(
                        code,
                        "function.yaml:18 spec.resources.limits.memory is no quantity",
                        "'512 MB' stands there",
                        "write a number with or without a suffix, such as 500m, 2 or 512Mi");
            case INLINE_CONFIG_INVALID ->
                ErrorMessage.of(
                                code,
                                "main.py:2 begins a block without a function",
                                "it has only: functon.yaml",
                                "write 'function.yaml:' on its first line, and the function below it, two spaces deeper")
                        .as(Severity.WARNING);
            case CONTAINER_INVALID ->
                ErrorMessage.of(
                        code,
                        "function.yaml:20 spec.sidecars[0].ports[0].containerPort can't be 8080",
                        "Container port 8080 is reserved for Nuclio internal use",
                        "choose another port");
            case SINK_UNKNOWN ->
                ErrorMessage.of(
                        code,
                        "platform.yaml:9 logger.functions[0].sink names a sink that is not defined",
                        "Failed to find logger sink stdot",
                        "did you mean 'stdout'?");
            case CODE_ENTRY_INVALID ->
                ErrorMessage.of(
                        code,
                        "function.yaml:8 spec.build.codeEntryAttributes.s3Bucket is missing",
                        "Mandatory field - 's3Bucket' not given",
                        "add 's3Bucket' below spec.build.codeEntryAttributes");
            case CODE_MISSING ->
                ErrorMessage.of(
                        code,
                        "function 'orders' has neither code nor image",
                        "Function must have either spec.build.path,spec.build.functionSourceCode, spec.build.image or spec.image set in order to create",
                        "set spec.build.path, or spec.image for an image that is built already");
            case IMAGE_WITHOUT_RUNTIME ->
                ErrorMessage.of(
                        code,
                        "function 'orders' has an image and no runtime",
                        "If image is passed, runtime must be specified",
                        "set spec.runtime");
            case SCALE_TO_ZERO_REFUSED ->
                ErrorMessage.of(
                        code,
                        "function 'orders' can't be scaled to zero (function.yaml:6)",
                        "Function can not be scaling to zero without http trigger",
                        "set spec.minReplicas: 1");
            case AUTOSCALE_METRIC_INVALID ->
                ErrorMessage.of(
                        code,
                        "function.yaml:9 spec.autoScaleMetrics[0].threshold is 0",
                        "Auto scale metric value must be positive",
                        "write a number over 0");
            case RUNTIME_MISSING ->
                ErrorMessage.of(
                        code,
                        "the runtime is unknown (main.txt)",
                        "Unsupported file extension: txt",
                        "set spec.runtime to one of: python, java");
            case ADDRESS_INVALID ->
                ErrorMessage.of(
                        code,
                        "function.yaml:8 spec.triggers.web.url is no address to listen on",
                        "'http://localhost' stands there",
                        "write a port or a host and a port, such as ':8080' or '127.0.0.1:8080'");
            case NODE_SELECTOR_INVALID ->
                ErrorMessage.of(
                        code,
                        "function.yaml:9 spec.nodeSelector.zone can't be 'eu west'",
                        "Invalid value: eu west",
                        "write at most 63 letters, digits, '-', '_' or '.'");
            case RESTART_NEEDED ->
                ErrorMessage.of(
                                code,
                                "function.yaml: spec.triggers.orders counts from the next start only",
                                "a running trigger keeps its connections and its place in the source",
                                "Ctrl-C, then start it again")
                        .as(Severity.WARNING);
            default -> throw new IllegalArgumentException("no sample of " + code);
        };
    }
}
