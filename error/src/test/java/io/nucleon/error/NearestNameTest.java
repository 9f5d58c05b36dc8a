package io.nucleon.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    @ParameterizedTest
    @CsvSource({
        "handler, handle",
        "hadnle, handle",
        "Handle, handle",
        "invok, invoke",
        "loda, load",
        "rabbitmq, rabbit-mq",
    })
    void findsWhatWasMeant(String word, String meant) {
        assertThat(NearestName.to(word, List.of("load", "handle", "invoke", "rabbit-mq")))
                .contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"x, id", "quux, handle", "'', a", "nuclio, python", "versionnnnn, version"})
    void guessesNothingThatIsFarAway(String word, String candidate) {
        assertThat(NearestName.to(word, List.of(candidate))).isEmpty();
    }

    @Test
    void countsASwapOfNeighboursAsOneStep() {
        assertThat(NearestName.distance("ab", "ba")).isEqualTo(1);
        assertThat(NearestName.distance("ca", "abc")).isEqualTo(3);
        assertThat(NearestName.distance("", "abc")).isEqualTo(3);
        assertThat(NearestName.distance("same", "same")).isZero();
    }

    @Test
    void listsAtMostEightWhenNothingIsNear() {
        List<String> many =
                IntStream.range(0, 11).mapToObj(i -> "candidate" + i).toList();

        assertThat(NearestName.advice("zzz", many, "there are: "))
                .startsWith("there are: candidate0, ")
                .endsWith("candidate7 and 3 more");
        assertThat(NearestName.advice("zzz", List.of("one", "two"), "only ")).isEqualTo("only one, two");
    }

    @Test
    void gainsNothingFromAWordThatIsTooLong() {
        assertThat(NearestName.to("a".repeat(100_000), List.of("a".repeat(99_999))))
                .isEmpty();
    }
}
