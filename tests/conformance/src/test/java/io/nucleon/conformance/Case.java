package io.nucleon.conformance;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One case of the table. Immutable.
 *
 * @param topic its file's name, without the ending
 * @param pins where nuclio's behaviour is written down: section of the compatibility notes and nuclio's file
 * @param variants words of the variants that it is for
 * @param together whether all requests are sent, on a connection each, before an answer is read
 * @param pipelined whether all requests are sent on one connection before an answer is read
 * @param distinct whether no two answers may have the same body
 * @param broken why it is known to fail; empty if it should pass
 * @param differs name of the known difference that it shows; empty if it behaves as nuclio does
 */
record Case(
        String topic,
        String name,
        String pins,
        Set<String> variants,
        List<Step> steps,
        boolean together,
        boolean pipelined,
        boolean distinct,
        String broken,
        String differs) {

    /**
     * A request and what must come back.
     *
     * @param eventually whether the request is sent until that comes back
     */
    record Step(Request request, Expectation expectation, boolean eventually) {}

    Case {
        variants = Set.copyOf(variants);
        steps = List.copyOf(steps);
    }

    /** What stands in the file, or else what its group says. */
    static Case read(String topic, Object node, Set<String> variants, String pins) {
        Fields fields = new Fields("a case of " + topic, node);
        String name = fields.requiredText("name");
        String place = topic + ", case '" + name + "'";
        Set<String> own = Table.variants(place, fields.list("languages"));
        Case read = new Case(
                topic,
                name,
                pins.isEmpty() ? fields.requiredText("pins") : fields.text("pins", pins),
                own.isEmpty() ? variants : own,
                steps(place, fields),
                fields.flag("together"),
                fields.flag("pipelined"),
                fields.flag("distinct"),
                fields.text("broken", ""),
                fields.text("differs", ""));
        fields.done();
        return read;
    }

    private static List<Step> steps(String place, Fields fields) {
        int repeat = fields.number("repeat", 1);
        List<Step> once = new ArrayList<>();
        if (fields.has("steps")) {
            fields.list("steps").forEach(node -> {
                Fields step = new Fields(place, node);
                once.add(step(place, step));
                step.done();
            });
        } else {
            once.add(step(place, fields));
        }
        List<Step> all = new ArrayList<>();
        for (int i = 0; i < repeat; i++) {
            all.addAll(once);
        }
        if (all.isEmpty()) {
            throw fields.wrong("has no steps");
        }
        return all;
    }

    private static Step step(String place, Fields fields) {
        return new Step(
                Request.of(place, fields.take("request")),
                Expectation.read(place, fields.take("expect")),
                fields.flag("eventually"));
    }

    /** All requests as they go over the wire. */
    byte[] allBytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        steps.forEach(step -> all.writeBytes(step.request().bytes()));
        return all.toByteArray();
    }

    /** {@code topic: name}. */
    String title() {
        return topic + ": " + name;
    }

    boolean isFor(Variant variant) {
        return variants.contains(variant.word()) && !variant.language().lacks().containsKey(title());
    }
}
