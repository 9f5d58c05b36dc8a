package io.nucleon.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Whether the generator, the machine or a cold start, not the function, made the figures what they are. Stateless. */
public final class Suspicion {
    /** A thread that is on a CPU for so much of its time has no time left to be early. */
    private static final double BUSY = 0.8;

    private static final double LATE = 0.01;

    /** What is late by a quarter of what was measured is a quarter of what was measured. */
    private static final double LATE_OF_LATENCY = 0.25;

    /** Other processes, or other guests of the host, took a twentieth of the machine. */
    private static final double OTHERS = 0.05;

    /** As in bench/load: a server whose compilers take more is not warm. */
    private static final double COMPILERS = 0.03;

    private Suspicion() {}

    /** One sentence for each reason; the worst of the runs counts. */
    public static List<String> of(List<Figures> runs, boolean isOpen) {
        List<String> reasons = new ArrayList<>();
        double busy = worst(runs, Figures::generatorBusy);
        if (busy > BUSY) {
            reasons.add("a thread of the generator was busy for " + Numbers.percent(busy) + " of its time (--threads)");
        }
        if (isOpen) {
            double late = worst(runs, Figures::lateShare);
            if (late > LATE) {
                reasons.add("the generator came to " + Numbers.percent(late) + " of its requests more than 1 ms late");
            }
            double tail = worst(runs, run -> run.lateP99() / run.named("p99"));
            if (tail > LATE_OF_LATENCY && late <= LATE) {
                reasons.add(
                        "p99 of how late the generator was is " + Numbers.percent(tail) + " of the p99 it measured");
            }
        }
        double others = worst(runs, Figures::othersShare);
        if (others > OTHERS) {
            reasons.add("other processes took " + Numbers.percent(others) + " of the machine");
        }
        double stolen = worst(runs, Figures::stolenShare);
        if (stolen > OTHERS) {
            reasons.add("the machine's host gave " + Numbers.percent(stolen) + " of it to others");
        }
        double compilers = worst(runs, Figures::compilerShare);
        if (compilers > COMPILERS) {
            reasons.add("compilers took " + Numbers.percent(compilers)
                    + " of the function's CPU time: it was not warm (--warmup)");
        }
        return reasons;
    }

    private static double worst(List<Figures> runs, ToDoubleFunction<Figures> share) {
        return runs.stream().mapToDouble(share).filter(Double::isFinite).max().orElse(0);
    }
}
