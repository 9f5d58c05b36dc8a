package io.nucleon.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    /** CPU 40 µs, p99 4 ms, p50 2 ms, handler p99 2 ms, 1 of 1000 failed, 100/s, 214 MiB. */
    private static final BenchResult RESULT = Samples.result(20_000, 40, 40, 40);

    @ParameterizedTest
    @CsvSource({
        "p99>5ms, ''",
        "p99>3ms, '''p99>3ms'': p99 is 4.00 ms'",
        "p50 > 1500us, '''p50 > 1500us'': p50 is 2.00 ms'",
        "p99.9>1s, ''",
        "handler.p99>1ms, '''handler.p99>1ms'': handler.p99 is 2.00 ms'",
        "total.max>16ms, ''",
        "error>0.1%, ''",
        "error>0.05%, '''error>0.05%'': error is 0.100 %'",
        "cpu>39us, '''cpu>39us'': cpu is 40 µs'",
        "rss>200MiB, '''rss>200MiB'': rss is 214 MiB'",
        "rate<1000, '''rate<1000'': rate is 100/s'",
        "late>1%, ''",
    })
    void holdsFiguresAgainstLimits(String text, String broken) {
        assertThat(Gate.of(text).orElseThrow().broken(RESULT, Optional.empty()).orElse(""))
                .isEqualTo(broken);
    }

    @Test
    void comparesWithTheBase() {
        Optional<Comparison> comparison = Optional.of(new Comparison(Samples.result(20_000, 20, 20, 20), RESULT));

        assertThat(Gate.of("cpu+50%").orElseThrow().broken(RESULT, comparison))
                .contains("'cpu+50%': cpu is +100.0 % of the base");
        assertThat(Gate.of("cpu+150%").orElseThrow().broken(RESULT, comparison)).isEmpty();
        assertThat(Gate.of("rate-10%").orElseThrow().broken(RESULT, comparison)).isEmpty();
    }

    @Test
    void whatIsNotKnownDoesNotPass() {
        assertThat(Gate.of("cpu+50%").orElseThrow().broken(RESULT, Optional.empty()))
                .contains("'cpu+50%': cpu is not known");
        assertThat(Gate.of("cpu>5us").orElseThrow().broken(Samples.result(1, Double.NaN), Optional.empty()))
                .contains("'cpu>5us': cpu is not known");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "p99",
                "p99>",
                "p99>5",
                "p99>5%",
                "p98>5ms",
                "error>1",
                "cpu>5s",
                "rss>5",
                "p99+10ms",
                "x.p99>5ms",
                "p99>5msx",
                "p99=5ms",
                "p99>99999999999999999999ms"
            })
    void refusesWhatItCantRead(String text) {
        assertThat(Gate.of(text)).isEmpty();
    }
}
