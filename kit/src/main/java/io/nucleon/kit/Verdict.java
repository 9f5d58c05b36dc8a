package io.nucleon.kit;

/**
 * What became of a rule over one way. Immutable.
 *
 * @param way {@code shm}, {@code unix}, or empty where it does not matter
 * @param sent what was sent, of a rule that is not kept
 * @param came what came instead; or why the part is not offered
 */
public record Verdict(Rule rule, String way, State state, String sent, String came) {

    /** Whether a rule is kept. */
    public enum State {
        OK,
        FAILED,
        NOT_OFFERED
    }

    static Verdict ok(Rule rule, String way) {
        return new Verdict(rule, way, State.OK, "", "");
    }

    static Verdict failed(Rule rule, String way, Failed failure) {
        return new Verdict(rule, way, State.FAILED, failure.sent(), failure.came());
    }

    static Verdict notOffered(Rule rule, String way, String why) {
        return new Verdict(rule, way, State.NOT_OFFERED, "", why);
    }
}
