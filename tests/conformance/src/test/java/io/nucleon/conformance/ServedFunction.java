package io.nucleon.conformance;

import io.nucleon.support.TestProcessor;
import io.nucleon.support.exchange.Exchange;
import io.nucleon.support.exchange.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The function of one or more groups, started when its first case needs it and stopped after its last. Confined to one thread. */
final class ServedFunction {

    private final Variant variant;
    private final Table.Group group;
    private final String label;
    private TestProcessor processor;
    private IllegalStateException noStart;
    private boolean failed;

    ServedFunction(Variant variant, Table.Group group, String label) {
        this.variant = variant;
        this.group = group;
        this.label = label;
    }

    /**
     * Does what the case says; the ways in which it went wrong.
     *
     * @param difference the one that the case shows, which must still be one; null for none
     */
    List<String> run(Case one, Difference difference) throws IOException {
        Exchange.Result result = one.exchange().run(processor());
        List<String> problems = new ArrayList<>(result.problems());
        Request last = one.exchange().steps().getLast().request();
        if (difference != null && difference.isGone(last, result.answers().getLast())) {
            problems.add("the answer is nuclio's: the difference '" + difference.name() + "' has gone");
        }
        return problems;
    }

    /** It is tried once; that it does not start is the failure of each of its cases. */
    private TestProcessor processor() {
        if (noStart != null) {
            throw new IllegalStateException(label + " did not become ready before", noStart);
        }
        if (processor == null) {
            List<String> options = new ArrayList<>(variant.options());
            try {
                processor = TestProcessor.start(new TestProcessor.Setting(
                        label, FunctionFolder.make(variant, group, label), options, group.environment()));
            } catch (IllegalStateException e) {
                noStart = e;
                throw e;
            }
        }
        return processor;
    }

    /** Keeps the evidence of a case that went wrong. */
    String evidence() {
        failed = true;
        if (processor == null) {
            return "it was never started";
        }
        processor.threadDump();
        return processor.output();
    }

    /** Stops it; what it left behind. */
    List<String> stop() {
        if (processor == null) {
            return List.of();
        }
        List<String> complaints = processor.stop();
        if (complaints.isEmpty() && !failed) {
            processor.forgetEvidence();
        }
        return complaints;
    }
}
