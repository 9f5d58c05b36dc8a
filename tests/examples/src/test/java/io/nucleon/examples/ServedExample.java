package io.nucleon.examples;

import io.nucleon.support.TestProcessor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An example, served in its own folder as {@code nucleon run} does, with what it calls. Confined to one thread. */
final class ServedExample {

    /** What a function reads to find others on one machine. */
    private static final String URLS = "NUCLEON_FUNCTION_URLS";

    private final Example example;
    private TestProcessor called;
    private TestProcessor processor;
    private boolean failed;

    ServedExample(Example example) {
        this.example = example;
    }

    /** Starts it at its first use. */
    TestProcessor processor() {
        if (processor == null) {
            Map<String, String> environment = Map.of();
            if (!example.needs().isEmpty()) {
                called = start(example.folder().resolveSibling(example.needs()), "-called", environment);
                environment = Map.of(URLS, called.address().toString());
            }
            processor = start(example.folder(), "", environment);
        }
        return processor;
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
        return complaints;
    }
}
