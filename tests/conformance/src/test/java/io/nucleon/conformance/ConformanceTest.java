package io.nucleon.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Every case of the table, held against every variant. Functions of the same setting share a processor, whose end is a test too. */
class ConformanceTest {

    private static final Map<String, Difference> DIFFERENCES =
            Difference.all().stream().collect(Collectors.toMap(Difference::name, difference -> difference));

    @TestFactory
    Stream<DynamicTest> pythonOverSharedMemory() {
        return tests(Variant.PYTHON_SHM);
    }

    @TestFactory
    Stream<DynamicTest> pythonOverUnixSockets() {
        return tests(Variant.PYTHON_UNIX);
    }

    @TestFactory
    Stream<DynamicTest> javaInProcess() {
        return tests(Variant.JAVA_IN_PROCESS);
    }

    @TestFactory
    Stream<DynamicTest> javaOverSharedMemory() {
        return tests(Variant.JAVA_SHM);
    }

    @TestFactory
    Stream<DynamicTest> javaOverUnixSockets() {
        return tests(Variant.JAVA_UNIX);
    }

    private static Stream<DynamicTest> tests(Variant variant) {
        Map<List<Object>, List<Table.Group>> bySetting = new LinkedHashMap<>();
        for (Table.Group group : Table.groups()) {
            if (group.cases().stream().anyMatch(one -> one.isFor(variant))) {
                bySetting
                        .computeIfAbsent(FunctionFolder.setting(group), setting -> new ArrayList<>())
                        .add(group);
            }
        }
        List<DynamicTest> tests = new ArrayList<>();
        bySetting.values().forEach(groups -> add(tests, variant, groups));
        return tests.stream();
    }

    private static void add(List<DynamicTest> tests, Variant variant, List<Table.Group> groups) {
        Table.Group first = groups.getFirst();
        String label = variant.word() + "-" + first.topic() + "-" + first.function() + "-" + tests.size();
        ServedFunction function = new ServedFunction(variant, first, label);
        for (Table.Group group : groups) {
            for (Case one : group.cases()) {
                if (one.isFor(variant)) {
                    String name = variant.word() + " " + group.topic() + ": " + one.name();
                    tests.add(dynamicTest(name, () -> run(name, function, one)));
                }
            }
        }
        String name = variant.word() + " " + label + ": leaves nothing behind";
        tests.add(dynamicTest(name, () -> assertThat(function.stop()).as(name).isEmpty()));
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
