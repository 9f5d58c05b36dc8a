package io.nucleon.triggertest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the function wrote about its events. */
final class Ledger {

    private final Path file;

    Ledger(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    private List<String[]> lines(String what) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<String[]> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ");
            if (words[0].equals(what)) {
                lines.add(words);
            }
        }
        return lines;
    }

    /** How often each event was done, in the order in which they were done first. */
    Map<String, Integer> done() throws IOException {
        return times("did");
    }

    /** How often each event that is not plain was begun. */
    Map<String, Integer> begun() throws IOException {
        return times("began");
    }

    /** How often each event was held back, to be acked later. */
    Map<String, Integer> held() throws IOException {
        return times("held");
    }

    private Map<String, Integer> times(String what) throws IOException {
        Map<String, Integer> times = new LinkedHashMap<>();
        lines(what).forEach(words -> times.merge(words[1], 1, Integer::sum));
        return times;
    }

    /** Events that were done more than once. */
    long again() throws IOException {
        return done().values().stream().mapToInt(times -> times - 1).sum();
    }

    /** Which of those were never done. */
    List<String> missing(Set<String> sent) throws IOException {
        Map<String, Integer> done = done();
        return List.copyOf(sent).stream()
                .filter(name -> !done.containsKey(name))
                .toList();
    }
}
