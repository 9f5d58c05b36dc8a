package io.nucleon.examples;

import io.nucleon.support.FileTree;
import io.nucleon.support.TestProcessor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An example, served in its own folder as {@code nucleon run} does. What it calls is served by a host of its own, so that it has to be found
 * there. Confined to one thread.
 */
final class ServedExample {

    /** Where hosts of one user tell each other of their functions. */
    private static final String RUNTIME_FOLDER = "XDG_RUNTIME_DIR";

    private final Example example;
    private TestProcessor called;
    private TestProcessor processor;
    private Path shared;
    private boolean failed;

    ServedExample(Example example) {
        this.example = example;
    }

    /** Starts it at its first use. */
    TestProcessor processor() {
        if (processor == null) {
            Map<String, String> environment = Map.of();
            if (!example.needs().isEmpty()) {
                environment = Map.of(RUNTIME_FOLDER, sharedFolder());
                called = start(example.folder().resolveSibling(example.needs()), "-called", environment);
            }
            processor = start(example.folder(), "", environment);
        }
        return processor;
    }

    private String sharedFolder() {
        try {
            shared = Files.createTempDirectory("nuc");
            return shared.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("making a folder failed", e);
        }
    }

    private TestProcessor start(Path folder, String suffix, Map<String, String> environment) {
        String label = example.path().replace('/', '-') + suffix;
        return TestProcessor.start(new TestProcessor.Setting(label, folder, List.of(), environment));
    }

    /** Keeps the evidence of a case that went wrong. */
    String evidence() {
        failed = true;
        return processor == null ? "it was never started" : processor.output();
    }

    /** Stops everything; what it left behind. */
    List<String> stop() {
        List<String> complaints = new ArrayList<>();
        for (TestProcessor one : new TestProcessor[] {processor, called}) {
            if (one != null) {
                complaints.addAll(one.stop());
                if (complaints.isEmpty() && !failed) {
                    one.forgetEvidence();
                }
            }
        }
        if (shared != null) {
            complaints.addAll(removeShared());
        }
        return complaints;
    }

    private List<String> removeShared() {
        try (Stream<Path> all = Files.walk(shared)) {
            List<String> left =
                    all.filter(Files::isRegularFile).map(file -> "file " + file).toList();
            FileTree.delete(shared);
            return left;
        } catch (IOException e) {
            throw new UncheckedIOException("removing " + shared + " failed", e);
        }
    }
}
