package io.nucleon.kit;

import java.util.List;
import java.util.stream.Stream;

/** All rules, in the order in which an author meets them. Stateless. */
public final class Rules {

    private static final List<Rule> ALL = Stream.of(
                    HandshakeRules.all(),
                    EventRules.all(),
                    AnswerRules.all(),
                    ControlRules.all(),
                    RingRules.all(),
                    AsyncRules.all(),
                    HostileRules.all())
            .flatMap(List::stream)
            .toList();

    private Rules() {}

    /** Every rule. */
    public static List<Rule> all() {
        return ALL;
    }

    /** Their names. */
    public static List<String> names() {
        return ALL.stream().map(Rule::name).toList();
    }
}
