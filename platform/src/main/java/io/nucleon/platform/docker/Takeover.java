package io.nucleon.platform.docker;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Look;
import io.nucleon.host.ErrorJson;
import io.nucleon.os.Signals;
import io.nucleon.platform.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Lets a version take a function's port over: it is started beside the one that serves, tried, and lent the socket; then the old one takes
 * no more connections, answers what is open and ends by itself. Confined to one call.
 */
final class Takeover {
    private static final Duration HEAR_LIMIT = Duration.ofSeconds(20);

    /** To begin to take events of all its sources: brokers may be slow. */
    private static final Duration SERVE_LIMIT = Duration.ofSeconds(60);

    /** For the word that a version takes no more connections. */
    private static final Duration RETIRE_LIMIT = Duration.ofSeconds(10);

    private static final String SHOWN_LINES = "20";

    /**
     * The container of a version.
     *
     * @param version as {@link Seen#version()}
     */
    record Server(String id, String version) {
        static Server of(Seen seen) {
            return new Server(seen.id(), seen.version());
        }
    }

    private final Engine engine;
    private final String function;
    private final Seen port;
    private final String policy;

    /** @param policy when Docker starts the version again once it serves */
    Takeover(Engine engine, String function, Seen port, String policy) {
        this.engine = engine;
        this.function = function;
        this.port = port;
        this.policy = policy;
    }

    /**
     * Returns when the new version serves and the old one takes no more connections.
     *
     * @throws io.nucleon.error.NucleonException if it can't; the old one serves on
     */
    void run(Server next, Optional<Seen> old, Deployment deployment) {
        try (Attached attached = Attached.to(engine, port.id())) {
            attached.send("here");
            if (attached.await(event -> event.kind() == PortEvent.Kind.HERE, HEAR_LIMIT)
                    .isEmpty()) {
                throw notReady("the container that holds its port doesn't answer", "");
            }
            Process end = start(next, attached);
            try {
                PortEvent ready = await(attached, PortEvent.Kind.READY, next, deployment.readiness());
                deployment.probe().ifPresent(probe -> probe(next, ready.url(), probe));
                serve(attached, next, old);
            } catch (RuntimeException e) {
                engine.ask("kill", next.id());
                throw e;
            } finally {
                end.destroyForcibly();
            }
            retire(attached, old);
        }
    }

    private Process start(Server next, Attached attached) {
        Engine.Answer answer = engine.ask("start", next.id());
        if (!answer.isOk()) {
            throw ErrorMessage.of(
                            ErrorCode.HOST_NOT_STARTED,
                            "the container of function '" + function + "' can't be started",
                            answer.complaint(),
                            "change what it names in function.yaml: resources, volumes, platform.attributes")
                    .toException();
        }
        Process end = engine.start(List.of("wait", next.id()));
        end.onExit().thenRun(attached::giveUp);
        return end;
    }

    private PortEvent await(Attached attached, PortEvent.Kind kind, Server next, Duration limit) {
        return attached.await(event -> event.kind() == kind && event.version().equals(next.version()), limit)
                .orElseThrow(() -> failed(next, "it was not ready after " + limit.toSeconds() + " s"));
    }

    private void probe(Server next, String url, Deployment.Probe probe) {
        if (url.isEmpty()) {
            return;
        }
        Engine.Answer answer = engine.ask(
                "exec",
                next.id(),
                Containers.JAVA,
                "-Xmx32m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                Containers.CLASSES,
                ProbeMain.class.getName(),
                function,
                url,
                probe.path(),
                String.valueOf(probe.limit().toMillis()),
                probe.body());
        if (!answer.isOk()) {
            throw ErrorJson.read(answer.line())
                    .orElseGet(() -> ErrorMessage.of(
                            ErrorCode.PROBE_FAILED,
                            "the new version of function '" + function + "' did not pass its probe",
                            answer.complaint(),
                            "mend it and deploy again; the version before serves on"))
                    .toException();
        }
    }

    /** One that ends because it was replaced is not to be started again. */
    private void serve(Attached attached, Server next, Optional<Seen> old) {
        old.ifPresent(one -> engine.ask("update", "--restart", "no", one.id()));
        try {
            attached.send("serve " + next.version());
            await(attached, PortEvent.Kind.SERVES, next, SERVE_LIMIT);
        } catch (RuntimeException e) {
            old.ifPresent(one -> engine.ask("update", "--restart", policy, one.id()));
            throw e;
        }
        engine.ask("update", "--restart", policy, next.id());
    }

    private void retire(Attached attached, Optional<Seen> old) {
        boolean left = attached.await(event -> event.kind() == PortEvent.Kind.RETIRED, RETIRE_LIMIT)
                .isPresent();
        if (!left) {
            old.ifPresent(one -> engine.ask("kill", one.id()));
        }
    }

    /** Its own error if it told one: that is about the user's code. */
    private RuntimeException failed(Server next, String late) {
        List<String> state = engine.ask("inspect", "--format", "{{.State.Status}} {{.State.ExitCode}}", next.id())
                .out();
        String[] words =
                state.isEmpty() ? new String[] {"gone", "0"} : state.getFirst().split(" ");
        Told told = Told.by(engine, next.id());
        if (words[0].equals("running")) {
            return notReady(late, told.lines());
        }
        Optional<ErrorMessage> error = told.error();
        if (error.isEmpty()) {
            int exit = words[1].matches("\\d{1,3}") ? Integer.parseInt(words[1]) : 0;
            return notReady("its process ended with " + Signals.describeExit(exit), told.lines());
        }
        ErrorMessage one = error.get();
        String why = one.why() + shown(one.why().isEmpty() ? "it printed" : "; it printed", told.lines());
        return new ErrorMessage(
                        one.code(), one.severity(), one.what(), why, one.fix(), one.place(), one.event(), one.detail())
                .toException();
    }

    private RuntimeException notReady(String why, String lines) {
        return ErrorMessage.of(
                        ErrorCode.FUNCTION_NOT_READY,
                        "function '" + function + "' did not become ready",
                        why + shown("; it printed", lines),
                        "mend it and deploy again")
                .toException();
    }

    private static String shown(String before, String lines) {
        return lines.isEmpty() ? "" : before + ":\n  | " + lines.replace("\n", "\n  | ");
    }

    /**
     * What a container said last.
     *
     * @param error that it ended with, if it told one
     * @param lines the others
     */
    record Told(Optional<ErrorMessage> error, String lines) {
        static Told by(Engine engine, String container) {
            Engine.Answer answer = engine.ask("logs", "--tail", SHOWN_LINES, container);
            Optional<ErrorMessage> error = Optional.empty();
            StringBuilder lines = new StringBuilder();
            for (String line : (String.join("\n", answer.out()) + "\n" + answer.complaint())
                    .lines()
                    .toList()) {
                Optional<ErrorMessage> told = ErrorJson.read(line);
                error = told.isPresent() ? told : error;
                if (told.isEmpty() && !line.isBlank()) {
                    lines.append(lines.isEmpty() ? "" : "\n").append(Look.harmless(line));
                }
            }
            return new Told(error, lines.toString());
        }
    }
}
