package io.nucleon.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.NucleonException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Codes are one table: no other code is shown anywhere, and every one is explained. */
class ErrorCodesTest {
    private static final Pattern CODE = Pattern.compile("NUC-\\d{4}");

    @Test
    void everyExceptionCarriesACode() {
        classes()
                .that()
                .areAssignableTo(Throwable.class)
                .and()
                .resideInAPackage("io.nucleon..")
                .should(ArchCondition.from(DescribedPredicate.describe(
                        "be NucleonException or have a code()", ErrorCodesTest::carriesACode)))
                .because("an error without a code can't be looked up")
                .check(Tree.mainClasses());
    }

    @Test
    void codesAreUnique() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::code)).doesNotHaveDuplicates();
    }

    @Test
    void everyCodeIsExplained() {
        assertThat(CODE.matcher(Tree.read(Tree.TOP.resolve("docs/errors.md")))
                        .results()
                        .map(MatchResult::group))
                .contains(Arrays.stream(ErrorCode.values()).map(ErrorCode::code).toArray(String[]::new));
    }

    @Test
    void sourcesScriptsAndWrappersNameOnlyCodesOfTheTable() {
        Set<String> known =
                Arrays.stream(ErrorCode.values()).map(ErrorCode::code).collect(Collectors.toSet());
        Stream<Path> sources = Stream.of(".java", ".py", ".js", ".mjs", ".cs", ".sh", "/nucleon", ".md")
                .flatMap(suffix -> Tree.files(suffix).stream())
                .filter(file -> !file.toString().contains("/src/test/")
                        && !file.toString().contains("/tests/"));

        assertThat(sources)
                .isNotEmpty()
                .allSatisfy(source -> assertThat(
                                CODE.matcher(Tree.read(source)).results().map(MatchResult::group))
                        .isSubsetOf(known));
    }

    private static boolean carriesACode(JavaClass exception) {
        return exception.isAssignableTo(NucleonException.class)
                || exception.tryGetMethod("code").isPresent();
    }
}
