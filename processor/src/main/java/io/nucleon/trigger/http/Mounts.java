package io.nucleon.trigger.http;

/** Which functions stand behind a listener. Safe for many threads. */
interface Mounts {

    /** Where a request for that target goes, as the request line has it; never null. */
    Mount at(String target);

    /** The most that request line and headers may have together. */
    int maxHead();

    /** Whether none of them takes anything new. */
    boolean isDraining();

    /** One function, which sees every path as it is. */
    static Mounts only(HttpTrigger trigger) {
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
        };
    }
}
