package io.nucleon.examples;

import io.nucleon.support.SourceTree;
import io.nucleon.support.exchange.Exchange;
import io.nucleon.support.exchange.Fields;
import io.nucleon.support.exchange.YamlFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A function below {@code examples/} and what the {@code example.yaml} beside it says. Immutable.
 *
 * @param path below {@code examples/}: {@code LANGUAGE/NAME}, or {@code hello}
 * @param about what it shows, in a line
 * @param nuclio the examples of nuclio whose idea it has
 * @param needs name of the example of the same language that it calls; empty for none
 */
record Example(String path, String about, List<String> nuclio, String needs, List<Case> cases) {

    private static final Path FOLDER = SourceTree.top().resolve("examples");
    private static final String FILE = "example.yaml";

    /** What is sent, and what must come back. */
    record Case(String name, Exchange exchange) {}

    Example {
        nuclio = List.copyOf(nuclio);
        cases = List.copyOf(cases);
    }

    /** All of them, in the order of their paths. A folder with code and no {@code example.yaml} is an error. */
    static List<Example> all() {
        List<Example> all = new ArrayList<>();
        for (Path folder : folders(FOLDER)) {
            if (Files.exists(folder.resolve("function.yaml"))) {
                all.add(read(folder));
            } else {
                folders(folder).forEach(inner -> all.add(read(inner)));
            }
        }
        return all;
    }

    private static List<Path> folders(Path parent) {
        try (Stream<Path> found = Files.list(parent)) {
            return found.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + parent + " failed", e);
        }
    }

    private static Example read(Path folder) {
        String path = FOLDER.relativize(folder).toString();
        Fields fields = new Fields("examples/" + path + "/" + FILE, YamlFile.load(folder.resolve(FILE)));
        List<Case> cases = fields.list("cases").stream()
                .map(node -> oneCase(fields.place(), node))
                .toList();
        Example example = new Example(
                path,
                fields.requiredText("about"),
                fields.list("nuclio").stream().map(String::valueOf).toList(),
                fields.text("needs", ""),
                cases);
        fields.done();
        if (cases.isEmpty()) {
            throw fields.wrong("has no cases");
        }
        return example;
    }

    private static Case oneCase(String place, Object node) {
        Fields fields = new Fields(place, node);
        String name = fields.requiredText("name");
        Case one = new Case(name, Exchange.read(place + ", '" + name + "'", fields));
        fields.done();
        return one;
    }

    Path folder() {
        return FOLDER.resolve(path);
    }

    /** {@code python}; empty for {@code examples/hello}, which stands for all. */
    String language() {
        return path.contains("/") ? path.substring(0, path.indexOf('/')) : "";
    }

    String name() {
        return path.substring(path.indexOf('/') + 1);
    }
}
