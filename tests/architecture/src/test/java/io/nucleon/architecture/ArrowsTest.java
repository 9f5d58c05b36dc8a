package io.nucleon.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.nucleon.architecture.Rooms.Room;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Who may use whom, and which room may name which library. */
class ArrowsTest {

    /** One address for several functions is the host's, not one trigger's. */
    private static final String SHARED_LISTENER = "io.nucleon.trigger.http.HttpFront";
    /** Parts of plug-ins, a jar in the folder of each that has them. */
    private static final Set<String> SHARED_PARTS = Set.of("io.nucleon.triggers.shards", "io.nucleon.triggers.aws");
    /** They say what a plug-in is and know none, though plug-ins lie below them. */
    private static final Set<String> CONTRACTS = Set.of("io.nucleon.trigger", "io.nucleon.runtime");

    @Test
    void everyClassLivesInARoom() {
        classes()
                .should(ArchCondition.from(DescribedPredicate.describe(
                        "live in a room of the table",
                        type -> Rooms.roomOf(type.getPackageName()).isPresent())))
                .because(
                        "a room without a line in the table may use anything; add it to Rooms and to docs/architecture.md")
                .check(Tree.mainClasses());
    }

    @Test
    void roomsUseOnlyTheRoomsTheyMay() {
        classes()
                .should(condition("use only the rooms of their row", ArrowsTest::roomProblem))
                .because("a reader finds each thing in one place only while the arrows point one way")
                .check(Tree.mainClasses());
    }

    @Test
    void librariesStayInTheirRooms() {
        classes()
                .should(condition("name only libraries that their room may name", ArrowsTest::libraryProblem))
                .because(
                        "a library that one room knows can be replaced there; and what the JDK hides is not ours to use")
                .check(Tree.mainClasses());
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("(**)")
                .as("packages")
                .should()
                .beFreeOfCycles()
                .because("packages of a cycle can only be understood, tested and changed together")
                .check(Tree.mainClasses());
    }

    @Test
    void onlyFactoriesCrossIntoPlugIns() {
        classes()
                .should(condition("reach a plug-in only through its factory", ArrowsTest::plugInProblem))
                .because("a trigger or runtime is found by ServiceLoader; nothing else may know how it is made")
                .check(Tree.mainClasses());
    }

    @Test
    void sdkNeedsOnlyTheJdk() {
        classes()
                .that()
                .resideInAPackage("io.nuclio..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.nuclio..", "java..")
                .because("handlers compile against it alone, so that nothing of ours can clash with a user's libraries")
                .check(Tree.mainClasses());
    }

    private static Optional<String> roomProblem(Dependency dependency) {
        String target = packageOf(dependency);
        if (!Rooms.isOurs(target)) {
            return Optional.empty();
        }
        Room from = roomOf(dependency.getOriginClass());
        Optional<Room> to = Rooms.roomOf(target);
        return to.isPresent() && from.mayUse(to.get())
                ? Optional.empty()
                : Optional.of(from.name() + " may not use " + to.map(Room::name).orElse(target));
    }

    private static Optional<String> libraryProblem(Dependency dependency) {
        String target = packageOf(dependency);
        Room from = roomOf(dependency.getOriginClass());
        Optional<Rooms.Library> library = Rooms.libraryOf(target);
        boolean allowed = library.isPresent()
                ? Rooms.mayName(from, library.get())
                : target.isEmpty() || Rooms.isOurs(target) || Rooms.isJdk(target);
        return allowed ? Optional.empty() : Optional.of(from.name() + " may not name " + target);
    }

    /** Plug-ins: the kinds below {@code trigger} and {@code runtime}, GraalVM's runtimes and each broker's trigger. */
    private static Optional<String> plugInProblem(Dependency dependency) {
        String target = packageOf(dependency);
        boolean plugIn = target.startsWith("io.nucleon.trigger.")
                || target.startsWith("io.nucleon.runtime.")
                || target.startsWith("io.nucleon.triggers.")
                || Rooms.isBelow(target, "io.nucleon.polyglot");
        String origin = dependency.getOriginClass().getPackageName();
        boolean inside =
                Rooms.isBelow(origin, target) || (Rooms.isBelow(target, origin) && !CONTRACTS.contains(origin));
        boolean factory = dependency
                .getTargetClass()
                .getBaseComponentType()
                .getSimpleName()
                .endsWith("Factory");
        boolean part = Rooms.isBelow(origin, "io.nucleon.triggers")
                && SHARED_PARTS.stream().anyMatch(shared -> Rooms.isBelow(target, shared));
        boolean front =
                dependency.getTargetClass().getName().equals(SHARED_LISTENER) && origin.equals("io.nucleon.app");
        return plugIn && !inside && !factory && !part && !front
                ? Optional.of("only a factory of " + target + " may be named")
                : Optional.empty();
    }

    /** A class outside every room may use nothing; {@link #everyClassLivesInARoom()} names it. */
    private static Room roomOf(JavaClass type) {
        return Rooms.roomOf(type.getPackageName()).orElse(new Room(type.getPackageName(), Set.of()));
    }

    private static String packageOf(Dependency dependency) {
        return dependency.getTargetClass().getBaseComponentType().isPrimitive()
                ? ""
                : dependency.getTargetClass().getBaseComponentType().getPackageName();
    }

    private static ArchCondition<JavaClass> condition(
            String description, Function<Dependency, Optional<String>> problem) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf()
                        .forEach(dependency -> problem.apply(dependency)
                                .ifPresent(text -> events.add(SimpleConditionEvent.violated(
                                        dependency, text + ": " + dependency.getDescription()))));
            }
        };
    }
}
