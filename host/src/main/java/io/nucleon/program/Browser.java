package io.nucleon.program;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The browser of whoever sits at this machine: the ones that {@code $BROWSER} names, else what the desktop opens pages with. Immutable;
 * {@link #open} blocks for a few seconds at most.
 */
public final class Browser {

    /** Programs that hand a page to a browser and end, or become one; the desktop's own choice first. */
    private static final List<List<String>> DESKTOPS = List.of(
            List.of("xdg-open"),
            List.of("wslview"),
            List.of("gio", "open"),
            List.of("sensible-browser"),
            List.of("x-www-browser"));

    /** On macOS; elsewhere the name means something else. */
    private static final List<List<String>> MAC = List.of(List.of("open"));

    /** Who has not failed by then shows the page. */
    private static final Duration FAILS_WITHIN = Duration.ofSeconds(3);

    private static final String PLACE = "%s";

    private final Map<String, String> env;
    private final boolean isMac;

    private Browser(Map<String, String> env, boolean isMac) {
        this.env = env;
        this.isMac = isMac;
    }

    /** As the environment tells; of {@code PATH}, {@code BROWSER}, {@code DISPLAY} and {@code WAYLAND_DISPLAY}. */
    public static Browser of(Map<String, String> env) {
        return new Browser(
                Map.copyOf(env),
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac"));
    }

    /**
     * Shows a page.
     *
     * @return why it can't be shown; empty if it is
     */
    public Optional<String> open(URI page) throws InterruptedException {
        String named = env.getOrDefault("BROWSER", "");
        if (named.isEmpty() && !isMac && !hasDisplay()) {
            return Optional.of("neither BROWSER nor a display is set (DISPLAY, WAYLAND_DISPLAY)");
        }
        List<List<String>> commands = named.isEmpty() ? isMac ? MAC : DESKTOPS : named(named);
        List<String> tried = new ArrayList<>();
        for (List<String> command : commands) {
            Optional<Path> program = Programs.onPath(env.get("PATH"), command.getFirst());
            if (program.isPresent()) {
                String failed = start(program.get(), command, page);
                if (failed.isEmpty()) {
                    return Optional.empty();
                }
                tried.add(command.getFirst() + " " + failed);
            }
        }
        String all = String.join(
                ", ", commands.stream().map(List::getFirst).distinct().toList());
        return Optional.of(tried.isEmpty() ? "none of " + all + " is on PATH" : String.join("; ", tried));
    }

    private boolean hasDisplay() {
        return Stream.of("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME")
                .anyMatch(name -> !env.getOrDefault(name, "").isEmpty());
    }

    /** Several are divided by colons; {@code %s} is the page. */
    private static List<List<String>> named(String text) {
        return Arrays.stream(text.split(":"))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .map(one -> List.of(one.split("\\s+")))
                .toList();
    }

    /** How it failed, empty if it didn't. In a session of its own, so that Ctrl-C here does not end the browser. */
    private String start(Path program, List<String> words, URI page) throws InterruptedException {
        List<String> command = new ArrayList<>();
        Programs.onPath(env.get("PATH"), "setsid").ifPresent(setsid -> command.add(setsid.toString()));
        command.add(program.toString());
        words.stream().skip(1).map(word -> word.replace(PLACE, page.toString())).forEach(command::add);
        if (words.stream().noneMatch(word -> word.contains(PLACE))) {
            command.add(page.toString());
        }
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            int exit = process.onExit()
                    .get(FAILS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                    .exitValue();
            return exit == 0 ? "" : "ended with " + exit;
        } catch (TimeoutException e) {
            return "";
        } catch (IOException | ExecutionException e) {
            return e.getMessage();
        }
    }
}
