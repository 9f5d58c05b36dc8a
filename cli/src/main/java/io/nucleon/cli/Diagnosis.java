package io.nucleon.cli;

import io.nucleon.error.Amounts;
import io.nucleon.error.ErrorCode;
import io.nucleon.host.JsonReader;
import io.nucleon.host.UserFolders;
import io.nucleon.program.Programs;
import io.nucleon.program.Version;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks at what this machine has for running functions. Confined to one command. Changes nothing. */
final class Diagnosis {
    private static final int JAVA_WANTED = 25;

    /** Two workers' segments. */
    private static final long LITTLE_SHM = 16L << 20;

    private static final long LITTLE_DISK = 1L << 30;
    private static final long FEW_WATCHES = 8_192;
    private static final String COMMAND = "nucleon";

    private final Path home;
    private final UserFolders folders;
    private final Map<String, String> env;
    private final List<Check> checks = new ArrayList<>();
    private final List<String> runnable = new ArrayList<>();

    /**
     * One thing that was looked at.
     *
     * @param text what was found: {@code python 3.11.2 (of 3)}, {@code dotnet not found}
     * @param code of the error that this would become; empty if it is well
     * @param blocks what can't be done; empty if it is well
     * @param fatal whether nothing can be
     */
    record Check(String name, boolean ok, String text, String code, String blocks, boolean fatal) {}

    Diagnosis(Path home, UserFolders folders, Map<String, String> env) {
        this.home = home;
        this.folders = folders;
        this.env = env;
    }

    /** All checks, in the order in which they are shown. */
    List<Check> run() {
        java();
        command();
        interpreters();
        runnable.add("java");
        if (onPath("sh").isEmpty()) {
            bad("sh", "sh not found", ErrorCode.INTERPRETER_MISSING, "only shell functions need it");
        } else {
            runnable.add("shell");
        }
        sharedMemory();
        ports();
        disk();
        watches();
        checks.add(Surroundings.docker(env));
        checks.add(Surroundings.cluster(env));
        checks.add(Surroundings.clock());
        return checks;
    }

    /** Languages whose functions run here, in a sentence's form. */
    String runnable() {
        if (runnable.size() < 2) {
            return String.join("", runnable);
        }
        return String.join(", ", runnable.subList(0, runnable.size() - 1)) + " and " + runnable.getLast();
    }

    private void java() {
        int feature = Runtime.version().feature();
        if (feature >= JAVA_WANTED) {
            good("java", "java " + System.getProperty("java.version"));
        } else {
            checks.add(new Check(
                    "java",
                    false,
                    "java " + feature + " is older than " + JAVA_WANTED,
                    ErrorCode.JDK_MISSING.code(),
                    "nothing runs without it",
                    true));
        }
    }

    /** Whether the word that every page of help shows is this Nucleon. */
    private void command() {
        Optional<Path> found = onPath(COMMAND).map(Diagnosis::real);
        if (found.isEmpty()) {
            bad(COMMAND, "nucleon is not on PATH", ErrorCode.NOT_ON_PATH, "commands need its path before them");
        } else if (Stream.of(home.resolve("bin"), home.toAbsolutePath().resolve(".."))
                .map(folder -> real(folder.resolve(COMMAND)))
                .noneMatch(found.get()::equals)) {
            bad(
                    COMMAND,
                    "nucleon on PATH is another one: " + found.get(),
                    ErrorCode.NOT_ON_PATH,
                    "commands without a path are that one's");
        } else {
            good(COMMAND, "nucleon on PATH");
        }
    }

    /** As the wrappers' manifests say what each language needs. */
    private void interpreters() {
        try (Stream<Path> wrappers = Files.list(home.resolve("wrappers"))) {
            wrappers.map(folder -> folder.resolve("wrapper.json"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .forEach(this::interpreter);
        } catch (IOException e) {
            checks.add(new Check(
                    "wrappers",
                    false,
                    "no wrappers in " + home,
                    ErrorCode.DISTRIBUTION_INCOMPLETE.code(),
                    "no function of another language runs",
                    true));
        }
    }

    private void interpreter(Path manifest) {
        Map<String, Object> wrapper = read(manifest);
        Map<String, Object> needs =
                JsonReader.asObject(wrapper.get("interpreter")).orElse(Map.of());
        String language = JsonReader.text(wrapper, "language");
        if (needs.isEmpty() || language.isEmpty()) {
            return;
        }
        List<String> named = new ArrayList<>();
        Optional.ofNullable(env.get(JsonReader.text(needs, "variable"))).ifPresent(named::add);
        named.addAll(texts(needs.get("commands")));
        List<String> arguments = texts(needs.get("version"));
        Pattern pattern =
                JsonReader.text(needs, "pattern").isEmpty() ? null : Pattern.compile(JsonReader.text(needs, "pattern"));
        Optional<Version> oldest = Version.parse(JsonReader.text(needs, "oldest"));
        List<Path> found = named.stream()
                .map(this::onPath)
                .flatMap(Optional::stream)
                .map(Diagnosis::real)
                .distinct()
                .toList();
        Optional<Version> chosen = Optional.empty();
        for (Path one : found) {
            chosen = Version.of(one, arguments, pattern)
                    .filter(version -> oldest.isEmpty() || version.isAtLeast(oldest.get()));
            if (chosen.isPresent()) {
                break;
            }
        }
        String code = JsonReader.text(needs, "missing");
        if (chosen.isPresent()) {
            runnable.add(language);
            good(
                    language,
                    language + " " + chosen.get().text() + (found.size() > 1 ? " (of " + found.size() + ")" : ""));
        } else {
            checks.add(new Check(
                    language,
                    false,
                    found.isEmpty()
                            ? language + " not found"
                            : language + " is older than " + JsonReader.text(needs, "oldest"),
                    code.isEmpty() ? ErrorCode.INTERPRETER_MISSING.code() : code,
                    "only functions of runtime " + JsonReader.text(wrapper, "runtime") + " need it",
                    false));
        }
    }

    private void sharedMemory() {
        Path shm = Path.of("/dev/shm");
        long bytes = usable(shm);
        String text = "shm " + Amounts.bytes(bytes);
        // A memfd needs none of it; the folder is what is left where the kernel has no memfd.
        if (bytes >= LITTLE_SHM) {
            good("shm", text);
        } else {
            bad("shm", text, ErrorCode.SHM_TOO_SMALL, "workers may have to use sockets");
        }
    }

    private void ports() {
        for (int port : new int[] {8080, 8081, 8082, 8090}) {
            try (ServerSocket free = new ServerSocket()) {
                free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
                String blocks = port == 8080
                        ? "nucleon run needs --port"
                        : "nucleon run takes another one for what it says of itself";
                bad("port " + port, "port " + port + " taken", ErrorCode.PORT_TAKEN, blocks);
            }
        }
    }

    private void disk() {
        Path folder = folders.state();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        long bytes = folder == null ? 0 : usable(folder);
        if (folder == null || !Files.isWritable(folder)) {
            bad(
                    "journal",
                    folders.state() + " can't be written",
                    ErrorCode.JOURNAL_UNUSABLE,
                    "dead letters and asynchronous calls need it");
        } else if (bytes < LITTLE_DISK) {
            bad(
                    "journal",
                    "journal " + Amounts.bytes(bytes),
                    ErrorCode.JOURNAL_FULL,
                    "dead letters and asynchronous calls need more");
        } else {
            good("journal", "journal " + Amounts.bytes(bytes));
        }
    }

    private void watches() {
        try {
            long most = Long.parseLong(Files.readString(Path.of("/proc/sys/fs/inotify/max_user_watches"))
                    .strip());
            if (most < FEW_WATCHES) {
                bad(
                        "watches",
                        "only " + most + " file watches",
                        ErrorCode.FILE_UNREADABLE,
                        "large folders can't be watched");
            } else {
                good("watches", "watches " + most);
            }
        } catch (IOException | NumberFormatException e) {
            // No such system: files are looked at now and then instead.
            return;
        }
    }

    private void good(String name, String text) {
        checks.add(new Check(name, true, text, "", "", false));
    }

    private void bad(String name, String text, ErrorCode code, String blocks) {
        checks.add(new Check(name, false, text, code.code(), blocks, false));
    }

    private Optional<Path> onPath(String name) {
        return Programs.onPath(env.get("PATH"), name);
    }

    private static Map<String, Object> read(Path file) {
        try {
            return JsonReader.object(Files.readString(file)).orElse(Map.of());
        } catch (IOException e) {
            return Map.of();
        }
    }

    private static List<String> texts(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file;
        }
    }

    private static long usable(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return 0;
        }
    }
}
