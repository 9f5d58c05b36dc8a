package io.nucleon.conformance;

import io.nucleon.support.RawAnswer;
import io.nucleon.support.SourceTree;
import io.nucleon.support.exchange.Expectation;
import io.nucleon.support.exchange.Fields;
import io.nucleon.support.exchange.Request;
import io.nucleon.support.exchange.YamlFile;
import java.util.ArrayList;
import java.util.List;

/**
 * A way in which Nucleon is known to differ from nuclio, of {@code differences.yaml}. Immutable.
 *
 * @param name what cases name in {@code differs}
 * @param pins where nuclio's behaviour is written down
 * @param nuclio what nuclio does
 * @param reason why Nucleon does something else
 * @param answer what nuclio's answer to the case's last request would be; null where it gives none (it hangs, or its process ends)
 */
record Difference(String name, String pins, String nuclio, String reason, Expectation answer) {

    private static final String FILE = "tests/conformance/differences.yaml";

    static List<Difference> all() {
        List<Difference> all = new ArrayList<>();
        for (Object node : (List<?>) YamlFile.load(SourceTree.top().resolve(FILE))) {
            Fields fields = new Fields("a difference of " + FILE, node);
            String name = fields.requiredText("name");
            String place = FILE + ", '" + name + "'";
            Difference difference = new Difference(
                    name,
                    fields.requiredText("pins"),
                    fields.requiredText("nuclio"),
                    fields.requiredText("reason"),
                    fields.has("answer") ? Expectation.read(place, fields.take("answer")) : null);
            fields.done();
            all.add(difference);
        }
        return all;
    }

    /** Whether the answer to a case that shows the difference is nuclio's. */
    boolean isGone(Request request, RawAnswer seen) {
        return answer != null && answer.problems(request, seen).isEmpty();
    }
}
