package io.nucleon.bench.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Reduces a flight recording to top lists. One line per place: share, tab, place.
 *
 * <p>{@code java … Profile FILE cpu|cpu-tree|alloc|alloc-class [ROWS] [THREAD_PREFIX]}: samples of CPU time by the frame that ran, by
 * every frame on the stack (once a sample), allocated bytes by the nearest frame outside the JDK, and by class.
 */
public final class Profile {

    private static final int DEFAULT_ROWS = 25;
    private static final String CPU = "jdk.CPUTimeSample";
    private static final String ALLOCATION = "jdk.ObjectAllocationSample";

    private Profile() {}

    /** Prints one list. */
    public static void main(String[] args) throws IOException {
        int rows = args.length > 2 ? Integer.parseInt(args[2]) : DEFAULT_ROWS;
        String prefix = args.length > 3 ? args[3] : "";
        Map<String, Double> weights = new HashMap<>();
        boolean allocations = args[1].startsWith("alloc");
        try (RecordingFile file = new RecordingFile(Path.of(args[0]))) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                String type = event.getEventType().getName();
                if (type.equals(allocations ? ALLOCATION : CPU)
                        && threadOf(event).startsWith(prefix)) {
                    places(args[1], event)
                            .forEach(place ->
                                    weights.merge(place, allocations ? event.getLong("weight") : 1.0, Double::sum));
                }
            }
        }
        print(weights, rows, args[1].equals("cpu-tree"));
    }

    private static void print(Map<String, Double> weights, int rows, boolean overlapping) {
        double total = overlapping
                ? weights.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .max()
                        .orElse(1)
                : weights.values().stream().mapToDouble(Double::doubleValue).sum();
        weights.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
                .limit(rows)
                .forEach(entry ->
                        System.out.printf(Locale.ROOT, "%.1f\t%s%n", 100 * entry.getValue() / total, entry.getKey()));
    }

    private static String threadOf(RecordedEvent event) {
        var thread = event.getThread(event.hasField("eventThread") ? "eventThread" : "sampledThread");
        return thread == null || thread.getJavaName() == null ? "" : thread.getJavaName();
    }

    private static List<String> places(String list, RecordedEvent event) {
        List<RecordedFrame> frames = event.getStackTrace() == null
                ? List.of()
                : event.getStackTrace().getFrames();
        Function<RecordedFrame, String> name = Profile::nameOf;
        return switch (list) {
            case "cpu" -> List.of(frames.isEmpty() ? "(no stack)" : name.apply(frames.getFirst()));
            case "cpu-tree" -> frames.stream().map(name).distinct().toList();
            case "alloc-class" -> List.of(event.getClass("objectClass").getName());
            case "alloc" -> List.of(event.getClass("objectClass").getName() + " in " + nearest(frames));
            default -> throw new IllegalArgumentException("no list is called " + list);
        };
    }

    private static String nearest(List<RecordedFrame> frames) {
        return frames.stream()
                .filter(frame -> !frame.getMethod().getType().getName().startsWith("java."))
                .findFirst()
                .map(Profile::nameOf)
                .orElse("(the JDK)");
    }

    private static String nameOf(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        return type + "." + frame.getMethod().getName();
    }
}
