package io.nucleon.builder.image;

import io.nucleon.builder.source.SecretMask;
import io.nucleon.builder.source.Tool;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The machine's Docker by its own command, which knows contexts, hosts, certificates and logins. Safe for many threads. */
public final class DockerCommand {
    /** An engine that answers at all does so in milliseconds; over ssh in seconds. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);

    /** To be asked for their layers: each takes the engine a millisecond, and one of the same runtime is enough. */
    private static final int MOST_IMAGES = 64;

    private final SecretMask mask;
    private final Tool tool;
    private final Map<String, String> environment;

    /**
     * A caller of {@code docker}.
     *
     * @param mask what must not be shown
     * @param log takes what it says
     * @param limit after which a call is ended
     * @param environment added to ours, as DOCKER_HOST
     */
    public DockerCommand(SecretMask mask, Consumer<String> log, Duration limit, Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        this.mask = mask;
        this.tool = new Tool(mask, log, limit);
    }

    /**
     * Returns if there is a Docker that answers.
     *
     * @throws NucleonException NUC-7001 if not
     */
    public void require() {
        Tool.End end;
        try {
            end = new Tool(mask, line -> {}, ANSWER_LIMIT)
                    .run(call(Path.of("/"), "version", "--format", "{{.Server.Version}}"), null);
        } catch (NucleonException e) {
            throw unreachable("its command can't be started: " + e.error().why());
        }
        if (!end.isOk()) {
            throw unreachable(
                    end.lastLines().isBlank()
                            ? "no answer came within " + ANSWER_LIMIT.toSeconds() + " s"
                            : end.lastLines().strip());
        }
    }

    /** What its calls have besides our environment. */
    Map<String, String> environment() {
        return environment;
    }

    /** Whether Docker answers and has that image. */
    boolean has(String image) {
        try {
            return new Tool(mask, line -> {}, ANSWER_LIMIT)
                    .run(call(Path.of("/"), "image", "inspect", "--format", "{{.Id}}", image), null)
                    .isOk();
        } catch (NucleonException e) {
            // No docker: then it has no image either.
            return false;
        }
    }

    /**
     * The layers of images that it has.
     *
     * @param label that the images have
     * @param more another one's name; empty for none
     * @return a JSON array of digests for each, the lowest layer first; none if there are no such images
     */
    List<String> layers(String label, String more) {
        List<String> words = new ArrayList<>(List.of("image", "inspect", "--format", "{{json .RootFS.Layers}}"));
        int before = words.size();
        if (!more.isEmpty()) {
            words.add(more);
        }
        ask("image", "ls", "--quiet", "--no-trunc", "--filter", "label=" + label).stream()
                .distinct()
                .limit(MOST_IMAGES)
                .forEach(words::add);
        return words.size() == before ? List.of() : ask(words.toArray(String[]::new));
    }

    /** What it says, which may be nothing. */
    private List<String> ask(String... words) {
        List<String> said = new ArrayList<>();
        new Tool(mask, line -> {}, ANSWER_LIMIT).run(call(Path.of("/"), words), said::add);
        return said;
    }

    /** Whether it takes an image, in part or whole, as {@link #load} gives it. */
    boolean takes(Path tar) {
        return load(tar, line -> {}).isOk();
    }

    private Tool.End load(Path tar, Consumer<String> said) {
        return tool.run(
                call(
                        Path.of("/"),
                        "load",
                        "--quiet",
                        "--input",
                        tar.toAbsolutePath().toString()),
                said);
    }

    /**
     * Gives it an image.
     *
     * @param tar as {@code docker save} writes it
     * @return the image's name there, or its id if it has none
     * @throws NucleonException NUC-6008 if it isn't taken
     */
    String load(Path tar) {
        List<String> said = new ArrayList<>();
        Tool.End end = load(tar, said::add);
        if (!end.isOk()) {
            throw ErrorMessage.of(
                            ErrorCode.ARTIFACT_NOT_WRITTEN,
                            "Docker doesn't take the image",
                            "docker load ended with " + end.exit() + ":\n  | "
                                    + end.lastLines().replace("\n", "\n  | "),
                            "see that Docker's disk has room: docker system df")
                    .toException();
        }
        return said.isEmpty()
                ? ""
                : said.getLast().replaceFirst("^Loaded image(?: ID)?: ", "").strip();
    }

    /**
     * Builds an image.
     *
     * @param folder that holds what goes into it
     * @param words behind {@code docker build}
     * @throws NucleonException NUC-6011 with its last lines if it fails
     */
    void build(Path folder, List<String> words) {
        List<String> all = new ArrayList<>(List.of("build"));
        all.addAll(words);
        Tool.End end = tool.run(call(folder, all.toArray(String[]::new)), null);
        if (!end.isOk()) {
            throw ErrorMessage.of(
                            ErrorCode.BUILD_COMMANDS_REFUSED,
                            "Docker can't build the image",
                            "docker build ended with " + end.exit() + ":\n  | "
                                    + end.lastLines().replace("\n", "\n  | "),
                            "mend what the last lines tell; the whole log: -v")
                    .toException();
        }
    }

    private Tool.Call call(Path folder, String... words) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(words));
        return new Tool.Call(folder, command, environment);
    }

    private static NucleonException unreachable(String why) {
        return ErrorMessage.of(
                        ErrorCode.DOCKER_UNREACHABLE,
                        "Docker doesn't answer",
                        why,
                        "start Docker, or build without it: --format oci-tar, or --registry HOST")
                .toException();
    }
}
