package io.nucleon.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names that say nothing, packages that say nothing, and libraries that nobody wants. */
class NamesTest {
    private static final Pattern EMPTY_WORDS =
            Pattern.compile("Runtime|Base[A-Z].*|Abstract[A-Z].*|.*(Manager|Helper|Utils?|Impl)");

    private static final Pattern MOCKING =
            Pattern.compile("mockito|easymock|jmockit|powermock|mockk|wiremock|jmock", Pattern.CASE_INSENSITIVE);

    @Test
    void typesSayWhatTheyAre() {
        noClasses()
                .should(ArchCondition.from(DescribedPredicate.describe(
                        "named Runtime, Base…, Abstract…, …Manager, …Helper, …Util(s) or …Impl",
                        NamesTest::saysNothing)))
                .because("such a name fits anything, so everything ends up there; docs/vocabulary.md has better words")
                .check(Tree.mainClasses());
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        Stream<Path> packages = Tree.files(".java").stream()
                .filter(file -> file.toString().contains("/src/main/java/")
                        || file.toString().contains("/src/test/java/"))
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !folder.endsWith("src/test/java"));

        assertThat(packages)
                .as("a package without package-info.java has to be guessed at")
                .isNotEmpty()
                .allMatch(folder -> Files.exists(folder.resolve("package-info.java"))
                        || Files.exists(Path.of(
                                folder.toString().replace("/src/test/java/", "/src/main/java/"), "package-info.java")));
    }

    @Test
    void noMockingLibraryIsOnAnyClassPath() {
        assertThat(Tree.files("pom.xml"))
                .as("a mock tests the order of calls and stays green when the protocol is broken")
                .isNotEmpty()
                .allSatisfy(pom -> assertThat(Tree.read(pom)).doesNotContainPattern(MOCKING));
        assertThat(List.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator)))
                .allSatisfy(entry -> assertThat(entry).doesNotContainPattern(MOCKING));
    }

    private static boolean saysNothing(JavaClass type) {
        return EMPTY_WORDS.matcher(type.getSimpleName()).matches();
    }
}
