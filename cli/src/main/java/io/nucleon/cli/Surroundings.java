package io.nucleon.cli;

import io.nucleon.cli.Diagnosis.Check;
import io.nucleon.error.ErrorCode;
import io.nucleon.platform.WallClock;
import io.nucleon.program.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What of a machine is only there for some: its Docker, a cluster, its clock. Stateless; changes nothing. */
final class Surroundings {
    /** An engine of this machine answers at once; one that is reached over ssh in seconds. */
    private static final Duration DOCKER_LIMIT = Duration.ofSeconds(5);

    private static final int DOCKER_MOST_BYTES = 200;
    private static final Path CLOCK_SOURCE =
            Path.of("/sys/devices/system/clocksource/clocksource0/current_clocksource");

    /** A read of these is a call to a device, of microseconds; of all others one of nanoseconds. */
    private static final Set<String> SLOW_CLOCKS = Set.of("hpet", "acpi_pm", "jiffies", "pit");

    /** This version is not older, so an earlier time is none. */
    private static final Instant EARLIEST = Instant.parse("2025-01-01T00:00:00Z");

    private Surroundings() {}

    /** Whether its Docker answers, and which it is. */
    static Check docker(Map<String, String> env) {
        Optional<Path> command = Programs.onPath(env.get("PATH"), "docker");
        if (command.isEmpty()) {
            return noDocker("docker not found");
        }
        try {
            Programs.Answer answer = Programs.run(
                    List.of(command.get().toString(), "version", "--format", "{{.Server.Version}}"),
                    false,
                    DOCKER_LIMIT,
                    DOCKER_MOST_BYTES);
            // A client that finds no engine may say so and still end well.
            boolean answers = answer.exit() == 0 && answer.text().matches("[0-9][^\\s<]*");
            return answers ? good("docker", "docker " + answer.text()) : noDocker("docker not running");
        } catch (IOException e) {
            return noDocker("docker can't be started");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return noDocker("docker not asked");
        }
    }

    private static Check noDocker(String text) {
        return new Check(
                "docker",
                false,
                text,
                ErrorCode.DOCKER_UNREACHABLE.code(),
                "only image builds with baseImage or commands need it",
                false);
    }

    /** Whether anything tells of a cluster; none is asked. */
    static Check cluster(Map<String, String> env) {
        Stream<String> named = Stream.of(env.getOrDefault("KUBECONFIG", "").split(":", -1));
        Optional<Path> config = Stream.concat(named, Stream.of(env.getOrDefault("HOME", "/") + "/.kube/config"))
                .filter(name -> !name.isEmpty())
                .map(Path::of)
                .filter(Files::isRegularFile)
                .findFirst();
        return good(
                "cluster",
                config.map(file -> "cluster of " + file + " not used").orElse("cluster not used, none is configured"));
    }

    /** The clock of this machine, and its source as Linux names it. */
    static Check clock() {
        String source = "";
        try {
            source = Files.readString(CLOCK_SOURCE).strip();
        } catch (IOException e) {
            // Another system, or a container that hides it.
            return clock("", new WallClock().instant());
        }
        return clock(source, new WallClock().instant());
    }

    /** @param source empty if it is unknown */
    static Check clock(String source, Instant now) {
        if (now.isBefore(EARLIEST)) {
            return badClock("clock is at " + now, "certificates fail, and events do not sort by their ids");
        }
        return SLOW_CLOCKS.contains(source)
                ? badClock("clock " + source + " is slow", "each event costs some microseconds more")
                : good("clock", "clock" + (source.isEmpty() ? "" : " " + source));
    }

    private static Check badClock(String text, String blocks) {
        return new Check("clock", false, text, ErrorCode.CLOCK_UNFIT.code(), blocks, false);
    }

    private static Check good(String name, String text) {
        return new Check(name, true, text, "", "", false);
    }
}
