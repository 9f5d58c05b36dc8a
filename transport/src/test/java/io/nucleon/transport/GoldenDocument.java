package io.nucleon.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One of the golden documents (PROTOCOL.md §7), which are lines of {@code key: value}, the value a JSON number or string.
 *
 * @param values numbers as their digits, strings without quotes and escapes
 */
public record GoldenDocument(String name, Map<String, String> values) {

    /** Wrong only for who receives them: their form is right, and whoever handles frames refuses them by type. */
    static final List<String> WRONG_BY_DIRECTION =
            List.of("hostile-response-to-processor-type", "hostile-wrong-direction");

    private static final Path FOLDER = Path.of("..", "wrappers", "protocol", "golden");

    /** Every document there is. */
    public static List<GoldenDocument> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(GoldenDocument::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GoldenDocument read(Path file) {
        Map<String, String> values = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(file, UTF_8)) {
                int colon = line.indexOf(": ");
                if (!line.startsWith("#") && colon > 0) {
                    values.put(line.substring(0, colon), value(line.substring(colon + 2)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new GoldenDocument(file.getFileName().toString().replace(".yaml", ""), values);
    }

    private static String value(String json) {
        if (!json.startsWith("\"")) {
            return json;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < json.length() - 1; i++) {
            char c = json.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escape = json.charAt(++i);
            switch (escape) {
                case 'u' -> {
                    text.append((char) Integer.parseInt(json, i + 1, i + 5, 16));
                    i += 4;
                }
                case 'n' -> text.append('\n');
                case '"', '\\', '/' -> text.append(escape);
                default -> throw new IllegalArgumentException("escape \\" + escape + " in " + json);
            }
        }
        return text.toString();
    }

    /** Whether somebody must refuse it. */
    public boolean isHostile() {
        return values.containsKey("violation");
    }

    /** Whether its form is right and it only goes to the wrong side. */
    public boolean isWrongByDirection() {
        return WRONG_BY_DIRECTION.contains(name);
    }

    /** Whether the bytes are a ring's memory rather than what follows each other on the socket. */
    public boolean isRing() {
        return values.containsKey("ring");
    }

    /** Whether its bytes are kept; else there is only their hash. */
    public boolean isKept() {
        return !values.containsKey("sha256");
    }

    /** Whether a body lies in an arena. */
    boolean hasArena() {
        return frames().stream().anyMatch(frame -> frame.number("arenaOffset", 0) != 0);
    }

    /** Whether it can be met on a connection that has no rings and no arenas. */
    public boolean isForSocket() {
        return isKept() && !isRing() && !"shm".equals(values.get("kind")) && (isHostile() || !hasArena());
    }

    public long number(String key) {
        return Long.parseLong(values.get(key));
    }

    /** What it says about each frame. */
    public List<GoldenFrame> frames() {
        Map<Integer, Map<String, String>> frames = new TreeMap<>();
        values.forEach((key, value) -> {
            int dot = key.indexOf('.');
            if (dot > 0) {
                frames.computeIfAbsent(Integer.valueOf(key.substring(0, dot)), n -> new LinkedHashMap<>())
                        .put(key.substring(dot + 1), value);
            }
        });
        return frames.values().stream().map(GoldenFrame::new).toList();
    }

    /** What a reader must make of it: the frames without padding. */
    public List<FrameContent> contents() {
        return frames().stream()
                .filter(frame -> frame.type() != FrameLayout.PAD)
                .map(GoldenFrame::content)
                .toList();
    }

    public byte[] bytes() {
        try {
            return Files.readAllBytes(FOLDER.resolve(name + ".bin"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
