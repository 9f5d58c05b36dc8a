package io.nucleon.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table itself: it is large enough, says everything once, and tells every known difference. */
class TableTest {

    /** The least number of cases a variant of each language has. */
    private static final Map<String, Integer> LEAST = Map.of("python", 60, "java", 25);

    @ParameterizedTest
    @EnumSource
    void everyVariantHasEnoughCases(Variant variant) {
        assertThat(cases().filter(one -> one.isFor(variant)))
                .as("cases for %s", variant.word())
                .hasSizeGreaterThanOrEqualTo(LEAST.get(variant.language()));
    }

    @Test
    void aNameIsGivenOnce() {
        Map<String, Long> names = Table.groups().stream()
                .flatMap(group -> group.cases().stream()
                        .flatMap(one -> Arrays.stream(Variant.values())
                                .filter(one::isFor)
                                .map(variant -> variant.word() + " " + group.topic() + ": " + one.name())))
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));

        assertThat(names)
                .isNotEmpty()
                .allSatisfy((name, count) -> assertThat(count).as(name).isEqualTo(1));
    }

    @Test
    void casesAndDifferencesNameEachOther() {
        List<String> listed = Difference.all().stream().map(Difference::name).toList();
        List<String> shown = cases().map(Case::differs)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();

        assertThat(listed).doesNotHaveDuplicates().isNotEmpty();
        assertThat(shown)
                .as("each difference that a case shows is listed with a reason, each listed one is shown by a case")
                .containsExactlyInAnyOrderElementsOf(listed);
    }

    private static Stream<Case> cases() {
        return Table.groups().stream().flatMap(group -> group.cases().stream());
    }
}
