package io.nucleon.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.nucleon.support.Times;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * Every case of the table, held against every variant. Functions of the same setting share a processor, whose end is a test too.
 *
 * <p>System properties choose some of them: {@code language} names a language or variant, {@code case} is a regular expression that is
 * found in {@code TOPIC: NAME}.
 */
class ConformanceTest {

    private static final Map<String, Difference> DIFFERENCES =
            Difference.all().stream().collect(Collectors.toMap(Difference::name, difference -> difference));

    private static final Pattern CASES = Pattern.compile(System.getProperty("case", ""));

    @TestFactory
    Stream<DynamicTest> everyVariant() {
        String chosen = System.getProperty("language", "");
        List<Variant> variants = Language.variants().stream()
                .filter(variant -> chosen.isEmpty()
                        || chosen.equals(variant.word())
                        || chosen.equals(variant.language().name()))
                .toList();
        assertThat(variants).as("variants named '%s'", chosen).isNotEmpty();
        return variants.stream().flatMap(ConformanceTest::tests);
    }

    private static Stream<DynamicTest> tests(Variant variant) {
        Map<List<Object>, List<Table.Group>> bySetting = new LinkedHashMap<>();
        for (Table.Group group : Table.groups()) {
            if (group.cases().stream().anyMatch(one -> isChosen(one, variant))) {
                bySetting
                        .computeIfAbsent(FunctionFolder.setting(group), setting -> new ArrayList<>())
                        .add(group);
            }
        }
        List<DynamicTest> tests = new ArrayList<>();
        Times times = new Times(variant.word());
        bySetting.values().forEach(groups -> add(tests, variant, times, groups));
        return tests.stream();
    }

    private static boolean isChosen(Case one, Variant variant) {
        return one.isFor(variant) && CASES.matcher(one.title()).find();
    }

    private static void add(List<DynamicTest> tests, Variant variant, Times times, List<Table.Group> groups) {
        Table.Group first = groups.getFirst();
        String label = variant.word() + "-" + first.topic() + "-" + first.function() + "-" + tests.size();
        ServedFunction function = new ServedFunction(variant, first, label);
        for (Table.Group group : groups) {
            for (Case one : group.cases()) {
                if (isChosen(one, variant)) {
                    String name = variant.word() + " " + one.title();
                    tests.add(dynamicTest(name, () -> times.ofCase(() -> run(name, function, one))));
                }
            }
        }
        String name = variant.word() + " " + label + ": leaves nothing behind";
        tests.add(dynamicTest(
                name,
                () -> times.ofEnd(() -> assertThat(function.stop()).as(name).isEmpty())));
    }

    private static void run(String name, ServedFunction function, Case one) throws IOException {
        List<String> problems = new ArrayList<>();
        try {
            problems.addAll(function.run(one, DIFFERENCES.get(one.differs())));
        } catch (IOException e) {
            problems.add("the exchange failed: " + e);
        }
        if (!one.broken().isEmpty()) {
            assertThat(problems)
                    .as("%s is marked as broken (%s) and is not", name, one.broken())
                    .isNotEmpty();
            System.out.println("BROKEN  " + name + ": " + one.broken());
            throw new TestAbortedException("broken: " + one.broken());
        }
        if (!problems.isEmpty()) {
            throw new AssertionFailedError(
                    name + " (" + one.pins() + "): " + String.join("; ", problems) + "\n" + function.evidence());
        }
    }
}
