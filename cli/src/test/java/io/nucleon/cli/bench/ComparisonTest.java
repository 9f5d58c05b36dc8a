package io.nucleon.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nucleon.cli.bench.Comparison.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final BenchResult BASE = Samples.result(20_000, 40, 41, 39);

    @Test
    void callsADifferenceBetterOnlyIfTheSpreadExcludesZero() {
        assertThat(verdict(Samples.result(20_000, 30, 31, 29))).isEqualTo(Verdict.BETTER);
        assertThat(verdict(Samples.result(20_000, 50, 51, 49))).isEqualTo(Verdict.WORSE);
        assertThat(verdict(Samples.result(20_000, 39, 40, 38))).isEqualTo(Verdict.NOISE);
        assertThat(verdict(Samples.result(20_000, 10, 60, 20))).isEqualTo(Verdict.NOISE);
    }

    @Test
    void oneRunHasNoSpread() {
        Comparison.Change change =
                new Comparison(BASE, Samples.result(20_000, 20)).change("cpu").orElseThrow();

        assertThat(change.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(change.text()).isEqualTo("CPU -50 % (one run: no spread)");
    }

    @Test
    void widthIsThatOfWelchsInterval() {
        // Both of variance 1 and three runs: t(4) = 2.776 times sqrt(2/3).
        double half = Spread.halfWidth(Spread.of(40, 41, 39), Spread.of(30, 31, 29));

        assertThat(half).isCloseTo(2.776 * Math.sqrt(2.0 / 3), within(1e-9));
        assertThat(Spread.t95(1)).isEqualTo(12.706);
        assertThat(Spread.t95(1000)).isEqualTo(1.96);
    }

    @Test
    void moreIsBetterForTheRateOnly() {
        assertThat(new Comparison(BASE, BASE).change("rate").orElseThrow().verdict())
                .isEqualTo(Verdict.NOISE);
        assertThat(new Comparison(BASE, BASE).change("nothing")).isEmpty();
    }

    @Test
    void saysWhatChangedOnALine() {
        assertThat(new Comparison(BASE, Samples.result(20_000, 30, 31, 29)).text("main"))
                .isEqualTo("vs main (20 Nov, same machine): CPU -25 % better · p50 -25 % better · p99 -25 % better");
        assertThat(new Comparison(BASE, Samples.result(20_000, 39, 40, 38)).text("main"))
                .startsWith("vs main (20 Nov, same machine): CPU -3 % within noise (±6 %) · ");
    }

    @Test
    void refusesOtherMachinesRuntimesAndLoops() {
        BenchResult other = new BenchResult(
                new Subject("orders", "python 3.12.0", 4, "shm"),
                new Course(0, 50, 2, 10, 0, 3, 0),
                new Machine("EPYC 7763", 8, 32, "6.1.0", false),
                BASE.software(),
                BASE.time(),
                BASE.runs(),
                BASE.ms(),
                List.of());

        assertThat(new Comparison(BASE, other).obstacles())
                .containsExactly(
                        "machine: 2 cores of EPYC 7763 (virtual), 8 GiB, Linux 6.1.0 then, 8 cores of EPYC 7763, 32 GiB, Linux 6.1.0 now",
                        "runtime: python 3.11.2 then, python 3.12.0 now",
                        "loop: open loop 20,000/s · warm-up 2 s · 3 × 10 s then, closed loop × 50 · warm-up 2 s · 3 × 10 s now");
        assertThat(new Comparison(BASE, BASE).obstacles()).isEmpty();
    }

    private static Verdict verdict(BenchResult now) {
        return new Comparison(BASE, now).change("cpu").orElseThrow().verdict();
    }
}
