package io.nucleon.trigger.http;

import java.util.function.BooleanSupplier;

/** Which functions stand behind a listener. Safe for many threads. */
interface Mounts {

    /** Where a request for that target goes, as the request line has it; never null. */
    Mount at(String target);

    /** The most that request line and headers may have together. */
    int maxHead();

    /** Whether none of them takes anything new. */
    boolean isDraining();

    /** Whether clients are asked to take their connections elsewhere, while what they send is still answered. */
    boolean isRetiring();

    /** One function, which sees every path as it is. */
    static Mounts only(HttpTrigger trigger) {
        return leaving(trigger, () -> false);
    }

    /** The same, whose clients may be asked to go. */
    static Mounts leaving(HttpTrigger trigger, BooleanSupplier retiring) {
        Mount mount = new Mount(trigger, 0);
        return new Mounts() {
            @Override
            public Mount at(String target) {
                return mount;
            }

            @Override
            public int maxHead() {
                return trigger.maxHead();
            }

            @Override
            public boolean isDraining() {
                return trigger.isDraining();
            }

            @Override
            public boolean isRetiring() {
                return retiring.getAsBoolean();
            }
        };
    }
}
