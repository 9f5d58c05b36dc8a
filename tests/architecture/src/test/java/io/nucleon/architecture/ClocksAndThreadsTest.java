package io.nucleon.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where time is read and threads are made. */
class ClocksAndThreadsTest {
    private static final Set<String> CLOCK_READS = Set.of(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.time.Instant.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone");

    private static final Set<String> SLEEPS = Set.of("java.lang.Thread.sleep", "java.util.concurrent.TimeUnit.sleep");

    /**
     * They lie below {@code invoke}, where the clock is, or in another process, or run tests, and compare two readings of one spin or one call with each
     * other, nothing else.
     */
    private static final Set<String> READS_TIME_ITSELF = Set.of(
            "io.nucleon.loop.LoopPass",
            "io.nucleon.load.Stopwatch",
            "io.nucleon.wrapper.Stopwatch",
            "io.nucleon.support.Times");

    @Test
    void timeIsReadOnlyByClocks() {
        noClasses()
                .that(DescribedPredicate.describe("are not clocks", type -> !isClock(type)))
                .should()
                .accessTargetWhere(calls("reads a clock", CLOCK_READS))
                .because("a deadline test with an injected clock takes microseconds and never flakes")
                .allowEmptyShould(true)
                .check(Tree.mainClasses());
    }

    @Test
    void nothingSleeps() {
        noClasses()
                .should()
                .accessTargetWhere(calls("sleeps", SLEEPS))
                .because("a sleep is either too short or too long; wait for the thing itself, with a limit")
                .check(Tree.mainClasses());
    }

    @Test
    void noTestSleeps() {
        noClasses()
                .should()
                .accessTargetWhere(calls("sleeps", SLEEPS))
                .because("Awaitility waits for the condition and says which one did not come")
                .allowEmptyShould(true)
                .check(Tree.testClasses());
    }

    @Test
    void threadsAreMadeByTheNamedFactoryOnly() {
        noClasses()
                .that(DescribedPredicate.describe("are not the thread factory", type -> !isThreadFactory(type)))
                .should()
                .accessTargetWhere(DescribedPredicate.describe("makes a thread", ClocksAndThreadsTest::makesThread))
                .because("a thread with a name and one place of birth can be found in a dump and counted by a test")
                .allowEmptyShould(true)
                .check(Tree.mainClasses());
    }

    private static boolean isClock(JavaClass type) {
        JavaClass outer = outermost(type);
        return outer.isAssignableTo("io.nucleon.invoke.Clock")
                || outer.isAssignableTo("java.time.Clock")
                || READS_TIME_ITSELF.contains(outer.getName())
                || Rooms.isBelow(outer.getPackageName(), "io.nucleon.bench"); // measuring is its work
    }

    /** One class of that name a room at most; Netty makes the loops' threads by itself. */
    private static boolean isThreadFactory(JavaClass type) {
        return outermost(type).getSimpleName().equals("Threads");
    }

    private static boolean makesThread(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        JavaClass owner = target.getOwner();
        boolean thread = owner.isEquivalentTo(Thread.class)
                && Set.of("<init>", "ofVirtual", "ofPlatform", "startVirtualThread")
                        .contains(target.getName());
        boolean subclass = target.getName().equals("<init>")
                && owner.isAssignableTo(Thread.class)
                && !owner.isEquivalentTo(Thread.class);
        boolean pool = owner.isEquivalentTo(java.util.concurrent.Executors.class)
                && target.getName().startsWith("new");
        boolean timer =
                owner.isEquivalentTo(java.util.Timer.class) && target.getName().equals("<init>");
        return thread || subclass || pool || timer;
    }

    static DescribedPredicate<JavaAccess<?>> calls(String description, Set<String> methods) {
        return DescribedPredicate.describe(
                description,
                access -> methods.contains(access.getTarget().getOwner().getName() + "."
                        + access.getTarget().getName()));
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }
}
