package io.nucleon.platform.docker;

import io.nucleon.builder.source.SecretMask;
import io.nucleon.builder.source.Tool;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A Docker engine by {@code docker}, as the builder calls it: that knows contexts, hosts, certificates and logins. Safe for many threads. */
final class Engine {
    /** Pulling nothing and building nothing, the slowest call waits for a container that drains. */
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Map<String, String> environment;

    /** @param environment that docker is called with, besides ours */
    Engine(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    Map<String, String> environment() {
        return environment;
    }

    /**
     * How a call ended.
     *
     * @param out lines of standard output
     * @param complaint the last lines of standard error
     */
    record Answer(int exit, List<String> out, String complaint) {
        boolean isOk() {
            return exit == 0;
        }

        /** The first line, or nothing. */
        String line() {
            return out.isEmpty() ? "" : out.getFirst();
        }
    }

    /**
     * Calls {@code docker WORDS}.
     *
     * @throws NucleonException NUC-7001 if there is no docker, or no engine answers
     */
    Answer ask(String... words) {
        return ask(List.of(words));
    }

    /** The same. */
    Answer ask(List<String> words) {
        List<String> out = new ArrayList<>();
        Tool.End end;
        try {
            end = new Tool(SecretMask.none(), line -> {}, LIMIT)
                    .run(new Tool.Call(Path.of("/"), command(words), environment), out::add);
        } catch (NucleonException e) {
            throw unreachable(e.error().why());
        }
        String complaint = end.lastLines().strip();
        if (!end.isOk() && complaint.contains("annot connect to the Docker daemon")) {
            throw unreachable(complaint);
        }
        return new Answer(end.exit(), out, complaint);
    }

    /**
     * The same, of what can't fail for a reason that users have given.
     *
     * @throws NucleonException NUC-7002 if it does
     */
    List<String> must(String... words) {
        Answer answer = ask(words);
        if (!answer.isOk()) {
            throw ErrorMessage.of(
                            ErrorCode.PLATFORM_STATE_UNUSABLE,
                            "Docker refuses 'docker " + words[0] + "'",
                            answer.complaint().isEmpty() ? "it ended with " + answer.exit() : answer.complaint(),
                            "see that the engine works: docker info")
                    .toException();
        }
        return answer.out();
    }

    /** Starts a call that is listened to, or talked to, while it goes on; its errors go to where its output goes. */
    Process start(List<String> words) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command(words)).redirectErrorStream(true);
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw unreachable(String.valueOf(e.getMessage()));
        }
    }

    /** Takes lines of a call as they come, errors among them; its exit code. */
    int listen(List<String> words, Consumer<String> line) {
        Process process = start(words);
        try (var lines = process.inputReader()) {
            process.getOutputStream().close();
            lines.lines().forEach(line);
            return process.waitFor();
        } catch (IOException e) {
            throw unreachable(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> command(List<String> words) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(words);
        return command;
    }

    private static NucleonException unreachable(String why) {
        return ErrorMessage.of(
                        ErrorCode.DOCKER_UNREACHABLE,
                        "Docker doesn't answer",
                        why,
                        "start Docker, or deploy without it: --platform local")
                .toException();
    }
}
