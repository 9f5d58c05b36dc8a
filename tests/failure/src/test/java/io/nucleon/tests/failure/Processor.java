package io.nucleon.tests.failure;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The real processor in a process of its own, with a temporary folder of its own. Closing it ends it. */
final class Processor implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("http://[0-9.]+:[0-9]+");
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final Path temporary;
    private final Path out;
    private final Path err;
    private final Process process;
    private final Set<Path> segmentsBefore = segments();

    /**
     * Starts {@code run} for a function's folder.
     *
     * @param prefix a command that becomes the JVM, empty for none
     */
    Processor(Path folder, List<String> prefix, List<String> jvm, List<String> options) throws IOException {
        Path repository = Middle.repository();
        temporary = Files.createDirectories(folder.resolve("tmp"));
        out = temporary.resolve("out");
        err = temporary.resolve("err");
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.add("@" + repository.resolve("processor/src/main/dist/jvm.options"));
        command.add("-Dnucleon.home=" + repository);
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("surefire.test.class.path", classPath())));
        command.addAll(List.of("io.nucleon.app.Main", "run", folder.toString(), "--no-watch", "--port", "0"));
        command.addAll(options);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        for (String variable : List.of("XDG_RUNTIME_DIR", "XDG_STATE_HOME", "XDG_CACHE_HOME")) {
            builder.environment().put(variable, temporary.toString());
        }
        process = builder.start();
        process.getOutputStream().close();
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    /** Waits for its first line with an address; what it says is the function's. */
    URI awaitReady() {
        await("the processor to be ready")
                .atMost(Duration.ofSeconds(60))
                .until(() -> !process.isAlive() || address().find());
        Matcher found = address();
        if (!found.find()) {
            throw new AssertionError("it ended: " + errors());
        }
        return URI.create(found.group());
    }

    private Matcher address() {
        return ADDRESS.matcher(read(out) + read(err));
    }

    String errors() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static CompletableFuture<HttpResponse<String>> get(HttpClient client, URI base, String path) {
        return client.sendAsync(
                HttpRequest.newBuilder(base.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    long pid() {
        return process.pid();
    }

    /** Pids of its wrapper processes. */
    List<Long> wrappers() {
        return process.children()
                .filter(child -> isWrapper(child.info().commandLine().orElse("")))
                .map(ProcessHandle::pid)
                .toList();
    }

    private static boolean isWrapper(String commandLine) {
        return Language.all().stream().anyMatch(language -> commandLine.contains(language.process()));
    }

    /** How often memory that is shared with workers is mapped in it. */
    long mappedSegments() {
        return read(Path.of("/proc/" + pid() + "/maps"))
                .lines()
                .filter(line -> line.contains("/memfd:nucleon-") || line.contains(SHARED_MEMORY + "/nucleon-"))
                .count();
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("it still runs: " + errors());
        }
        return process.exitValue();
    }

    /** Waits until nothing of it is there: no wrapper, no socket, no segment. */
    void awaitNothingLeft(List<Long> wrappers) {
        try {
            await("wrappers to be gone")
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> wrappers.stream().allMatch(Processor::isGone));
        } finally {
            wrappers.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
        await("segments to be gone").atMost(Duration.ofSeconds(5)).until(() -> segmentsBefore.containsAll(segments()));
        try (Stream<Path> files = Files.walk(temporary)) {
            List<Path> left = files.filter(file -> file.getFileName().toString().equals(Long.toString(process.pid())))
                    .toList();
            if (!left.isEmpty()) {
                throw new AssertionError("run folders are left: " + left);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A process that ended may wait for its new parent to take notice. */
    private static boolean isGone(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
        } catch (IOException e) {
            return true;
        }
    }

    private static Set<Path> segments() {
        try (Stream<Path> files = Files.list(SHARED_MEMORY)) {
            return files.filter(file -> file.getFileName().toString().startsWith("nucleon-"))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
