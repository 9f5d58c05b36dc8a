package io.nucleon.wrapper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.wrapper.handler.HandlerFailure;
import io.nucleon.wrapper.handler.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;

/** What ends a worker, and how the processor is told. Stateless. */
final class Errors {

    private static final String ONE_VERSION =
            "use processor and wrapper of one Nucleon version; if they are, report it";

    private Errors() {}

    static NucleonException violation(String why) {
        return ErrorMessage.of(
                        ErrorCode.PROTOCOL_VIOLATION, "the processor broke the protocol", "it sent " + why, ONE_VERSION)
                .toException();
    }

    static NucleonException otherProtocol(int major) {
        return ErrorMessage.of(
                        ErrorCode.PROTOCOL_VERSION,
                        "the processor speaks protocol " + major + ", the Java wrapper " + Layout.MAJOR,
                        "they are of different Nucleon versions",
                        ONE_VERSION)
                .toException();
    }

    static NucleonException noSegment(String path, Exception cause) {
        return ErrorMessage.of(
                        ErrorCode.SHM_UNAVAILABLE,
                        "opening the worker's shared memory failed",
                        path + ": " + cause,
                        "let worker and processor run as the same user, with /proc mounted")
                .toException(cause);
    }

    /** The wrapper's own failure. */
    static ErrorMessage internal(Throwable failure) {
        HandlerFailure described = HandlerFailure.of(failure);
        return ErrorMessage.of(
                        ErrorCode.INTERNAL,
                        "the Java wrapper failed: " + described.summary(),
                        "a mistake in the wrapper, not in the function",
                        "report it with the trace")
                .with(described.trace());
    }

    /** The body of a FAULT frame. */
    static byte[] fault(ErrorMessage error) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("code", error.code().code());
        members.put("title", error.what());
        members.put("why", error.why());
        members.put("fix", error.fix());
        members.put("file", error.place().file());
        members.put("line", error.place().line());
        members.put("column", error.place().column());
        members.put("source", error.place().source());
        members.put("detail", error.detail());
        return JsonText.object(members).getBytes(UTF_8);
    }
}
