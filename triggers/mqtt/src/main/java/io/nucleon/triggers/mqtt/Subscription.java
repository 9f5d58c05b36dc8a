package io.nucleon.triggers.mqtt;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Fields;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a trigger asks its broker for.
 *
 * @param filter topic with wildcards; {@code $share/GROUP/FILTER} for a share of its messages
 * @param qos 0: a lost message is lost, or 1: it comes again until it is acked
 */
record Subscription(String filter, int qos) {

    private static final String SHARED = "$share/";
    private static final int MOST_BYTES = 65_535;
    /** Exactly once; the broker may send such messages as at least once, which is what this trigger asks for. */
    private static final int MOST_QOS = 2;

    static Subscription read(Fields fields) {
        String filter = fields.text("topic", "");
        int qos = fields.integer("qos", 0, 0, MOST_QOS);
        String wrong = wrongIn(filter);
        if (!wrong.isEmpty()) {
            fields.report(ErrorCode.TRIGGER_ATTRIBUTE_INVALID, "topic")
                    .what("is no topic")
                    .why(wrong)
                    .fix("write topic: orders/+/created, orders/# or $share/GROUP/orders/#")
                    .add();
        }
        return new Subscription(filter, Math.min(qos, 1));
    }

    boolean isShared() {
        return filter.startsWith(SHARED);
    }

    /** Empty if nothing is. */
    private static String wrongIn(String filter) {
        if (!filter.startsWith(SHARED)) {
            return wrongInTopic(filter);
        }
        String rest = filter.substring(SHARED.length());
        int slash = rest.indexOf('/');
        String group = slash < 0 ? rest : rest.substring(0, slash);
        if (group.isEmpty() || group.contains("+") || group.contains("#")) {
            return "behind $share/ stands the name of the group that shares, without + and #";
        }
        return slash < 0 ? "behind the group stands the topic" : wrongInTopic(rest.substring(slash + 1));
    }

    private static String wrongInTopic(String filter) {
        if (filter.isEmpty()) {
            return "it is empty";
        }
        if (filter.indexOf('\0') >= 0 || filter.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return "it has a NUL, or more than " + MOST_BYTES + " bytes";
        }
        List<String> levels = List.of(filter.split("/", -1));
        for (int i = 0; i < levels.size(); i++) {
            String level = levels.get(i);
            if (level.contains("#") && !(level.equals("#") && i == levels.size() - 1)) {
                return "# stands for all levels that follow, alone at the end";
            }
            if (level.contains("+") && !level.equals("+")) {
                return "+ stands for one level, alone between slashes";
            }
        }
        return "";
    }
}
