package io.nucleon.cli;

import io.nucleon.command.InvokeOptions;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.Look;
import io.nucleon.error.Look.Role;
import java.time.Duration;
import java.util.Optional;

/**
 * How one call ended.
 *
 * @param elapsed from before the request until after the answer, as this side saw it
 */
record Outcome(AnswerHead head, Duration elapsed) {
    static final String EVENT = "X-Nucleon-Event";
    static final String WORKER = "X-Nucleon-Worker";
    static final String ERROR = "X-Nucleon-Error";
    private static final int SHORT_ID = 8;

    /** The code of an answer that the runtime made itself, or of a handler's exception; empty for an answer that the handler chose. */
    Optional<ErrorCode> code() {
        return header(ERROR)
                .map(ErrorCode::of)
                .filter(code -> header(ERROR).get().equals(code.code()));
    }

    /** Whether the answer is not the handler's own. */
    boolean isFailure() {
        return header(ERROR).isPresent();
    }

    /** The exit code that it asks for. */
    int exit(InvokeOptions options) {
        if (isFailure()) {
            return Math.max(1, code().map(ErrorCode::exit).orElse(1));
        }
        if (options.fail() && head.status() >= 400) {
            return 22;
        }
        return options.raiseOnStatus() && (head.status() < 200 || head.status() > 299) ? 1 : 0;
    }

    Optional<Timing> timing() {
        return header("Server-Timing").flatMap(Timing::of);
    }

    Optional<String> header(String name) {
        return Header.first(head.headers(), name);
    }

    double elapsedMillis() {
        return elapsed.toNanos() / 1e6;
    }

    /** {@code 200 OK · 0.44 ms = queue 0.01 + handler 0.35 + transport 0.08 · w3 · event 01J9Z6T4}. */
    String line(Look look, boolean shortId) {
        StringBuilder line = new StringBuilder(look.paint(
                role(), Look.harmless(head.status() + " " + head.reason()).strip()));
        line.append(" · ").append(timing().map(Timing::text).orElseGet(() -> Timing.ms(elapsedMillis()) + " ms"));
        header(WORKER).ifPresent(worker -> line.append(" · w").append(Look.harmless(worker)));
        header(EVENT)
                .ifPresent(event -> line.append(" · event ").append(Look.harmless(shortId ? shortened(event) : event)));
        header(ERROR)
                .ifPresent(error -> line.append(" · ")
                        .append(Look.harmless(error))
                        .append(code().map(code -> " " + code.title()).orElse("")));
        return look.symbols(line.toString());
    }

    private Role role() {
        if (head.status() >= 400) {
            return isFailure() || head.status() >= 500 ? Role.ERROR : Role.WARN;
        }
        return head.status() < 300 ? Role.OK : Role.ACCENT;
    }

    private static String shortened(String id) {
        return id.length() > SHORT_ID ? id.substring(0, SHORT_ID) : id;
    }
}
