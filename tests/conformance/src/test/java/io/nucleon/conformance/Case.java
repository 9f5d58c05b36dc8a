package io.nucleon.conformance;

import io.nucleon.support.exchange.Exchange;
import io.nucleon.support.exchange.Fields;
import java.util.Set;

/**
 * One case of the table. Immutable.
 *
 * @param topic its file's name, without the ending
 * @param pins where nuclio's behaviour is written down: section of the compatibility notes and nuclio's file
 * @param variants words of the variants that it is for
 * @param exchange what is sent, and what must come back
 * @param broken why it is known to fail; empty if it should pass
 * @param differs name of the known difference that it shows; empty if it behaves as nuclio does
 */
record Case(
        String topic,
        String name,
        String pins,
        Set<String> variants,
        Exchange exchange,
        String broken,
        String differs) {

    Case {
        variants = Set.copyOf(variants);
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
                Exchange.read(place, fields),
                fields.text("broken", ""),
                fields.text("differs", ""));
        fields.done();
        return read;
    }

    /** {@code topic: name}. */
    String title() {
        return topic + ": " + name;
    }

    boolean isFor(Variant variant) {
        return variants.contains(variant.word()) && !variant.language().lacks().containsKey(title());
    }
}
