package io.nucleon.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One case of the table. Immutable.
 *
 * @param pins where nuclio's behaviour is written down: page and section of the compatibility notes, or nuclio's own file
 * @param variants words of the variants that it is for
 * @param together whether all requests are sent, on a connection each, before an answer is read
 * @param distinct whether no two answers may have the same body
 * @param broken why it is known to fail; empty if it should pass
 * @param differs name of the known difference that it shows; empty if it behaves as nuclio does
 */
record Case(
        String name,
        String pins,
        Set<String> variants,
        List<Step> steps,
        boolean together,
        boolean distinct,
        String broken,
        String differs) {

    /** A request and what must come back. */
    record Step(Request request, Expectation expectation) {}

    Case {
        variants = Set.copyOf(variants);
        steps = List.copyOf(steps);
    }

    /** {@code variants}: of its group, unless it names its own. */
    static Case read(String file, Object node, Set<String> variants) {
        Fields fields = new Fields("a case of " + file, node);
        String name = fields.requiredText("name");
        String place = file + ", case '" + name + "'";
        Set<String> own = Table.variants(place, fields.list("languages"));
        Case read = new Case(
                name,
                fields.requiredText("pins"),
                own.isEmpty() ? variants : own,
                steps(place, fields),
                fields.flag("together"),
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
            fields.list("steps").forEach(node -> once.add(step(place, new Fields(place, node))));
        } else {
            once.add(new Step(
                    Request.of(place, fields.take("request")), Expectation.read(place, fields.take("expect"))));
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
        Step step = new Step(Request.of(place, fields.take("request")), Expectation.read(place, fields.take("expect")));
        fields.done();
        return step;
    }

    boolean isFor(Variant variant) {
        return variants.contains(variant.word());
    }
}
