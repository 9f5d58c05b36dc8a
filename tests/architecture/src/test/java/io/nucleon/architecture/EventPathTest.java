package io.nucleon.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What types on the event path may not do, and state that outlives its owner. */
class EventPathTest {
    private static final Set<String> BLOCKING = Set.of(
            "java.lang.Object.wait",
            "java.lang.Process.waitFor",
            "java.lang.Thread.join",
            "java.lang.Thread.sleep",
            "java.util.concurrent.BlockingQueue.put",
            "java.util.concurrent.BlockingQueue.take",
            "java.util.concurrent.ArrayBlockingQueue.put",
            "java.util.concurrent.ArrayBlockingQueue.take",
            "java.util.concurrent.LinkedBlockingQueue.put",
            "java.util.concurrent.LinkedBlockingQueue.take",
            "java.util.concurrent.CompletableFuture.get",
            "java.util.concurrent.CompletableFuture.join",
            "java.util.concurrent.CountDownLatch.await",
            "java.util.concurrent.Future.get",
            "java.util.concurrent.Semaphore.acquire",
            "java.util.concurrent.locks.Condition.await",
            "java.util.concurrent.locks.LockSupport.park",
            "java.util.concurrent.locks.LockSupport.parkNanos",
            "io.netty.util.concurrent.Future.await",
            "io.netty.util.concurrent.Future.awaitUninterruptibly",
            "io.netty.util.concurrent.Future.sync",
            "io.netty.channel.ChannelFuture.await",
            "io.netty.channel.ChannelFuture.sync");

    private static final Set<String> LOOP_MARKERS = Set.of("EventLoop", "Poller");

    /** Types whose whole purpose is to change. */
    private static final Set<String> MUTABLE = Set.of(
            "java.util.ArrayList",
            "java.util.ArrayDeque",
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.LinkedHashMap",
            "java.util.TreeMap",
            "java.lang.ThreadLocal",
            "java.util.concurrent.ConcurrentHashMap",
            "java.util.concurrent.ConcurrentMap",
            "java.util.concurrent.atomic.AtomicBoolean",
            "java.util.concurrent.atomic.AtomicInteger",
            "java.util.concurrent.atomic.AtomicLong",
            "java.util.concurrent.atomic.AtomicReference",
            "java.util.concurrent.atomic.LongAdder");

    @Test
    void nothingOnALoopBlocks() {
        noClasses()
                .that(DescribedPredicate.describe("are marked @EventLoop or @Poller", EventPathTest::runsOnALoop))
                .should()
                .accessTargetWhere(ClocksAndThreadsTest.calls("may block", BLOCKING))
                .because("whatever waits there stops every worker and every connection of that loop")
                .allowEmptyShould(true)
                .check(Tree.mainClasses());
    }

    @Test
    void noStateIsStatic() {
        noFields()
                .that()
                .areStatic()
                .should(ArchCondition.from(DescribedPredicate.describe("hold state", EventPathTest::holdsState)))
                .because(
                        "one process hosts several functions; what is static belongs to all of them and ends with none")
                .check(Tree.mainClasses());
    }

    private static boolean runsOnALoop(JavaClass type) {
        return type.getAnnotations().stream()
                .map(annotation -> annotation.getRawType())
                .anyMatch(marker -> marker.getPackageName().startsWith("io.nucleon")
                        && LOOP_MARKERS.contains(marker.getSimpleName()));
    }

    private static boolean holdsState(JavaField field) {
        boolean madeByTheCompiler = field.getModifiers().contains(JavaModifier.SYNTHETIC);
        boolean canBeReplaced = !field.getModifiers().contains(JavaModifier.FINAL);
        return !madeByTheCompiler
                && (canBeReplaced || MUTABLE.contains(field.getRawType().getName()));
    }
}
