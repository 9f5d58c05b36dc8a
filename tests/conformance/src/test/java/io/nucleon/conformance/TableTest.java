package io.nucleon.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.support.exchange.YamlFile;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table itself: it is large enough, says everything once, and tells every known difference. */
class TableTest {

    static List<Variant> variants() {
        return Language.variants();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void everyVariantHasEnoughCases(Variant variant) {
        assertThat(cases().filter(one -> one.isFor(variant)))
                .as("cases for %s", variant.word())
                .hasSizeGreaterThanOrEqualTo(variant.language().least());
    }

    @ParameterizedTest
    @MethodSource("variants")
    void everyFunctionIsThere(Variant variant) {
        assertThat(Table.groups())
                .filteredOn(group -> group.cases().stream().anyMatch(one -> one.isFor(variant)))
                .allSatisfy(group -> assertThat(variant.language().function(group.function()))
                        .isNotEmptyDirectory());
    }

    @Test
    void whatALanguageLacksIsACase() {
        List<String> shared = cases().map(Case::title).toList();

        assertThat(Language.all())
                .allSatisfy(language ->
                        assertThat(shared).containsAll(language.lacks().keySet()));
    }

    @Test
    void whatALanguageSharesIsATopic() {
        List<String> topics = YamlFile.all("tests/conformance/cases").stream()
                .map(YamlFile::topic)
                .toList();

        assertThat(Language.all()).allSatisfy(language -> assertThat(topics).containsAll(language.shared()));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void aNameIsGivenOnce(Variant variant) {
        assertThat(cases().filter(one -> one.isFor(variant)).map(Case::title))
                .isNotEmpty()
                .doesNotHaveDuplicates();
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
