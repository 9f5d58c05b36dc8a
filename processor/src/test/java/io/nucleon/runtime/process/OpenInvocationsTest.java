package io.nucleon.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.InvocationIds;
import org.junit.jupiter.api.Test;

class OpenInvocationsTest {

    private final OpenInvocations open = new OpenInvocations(3);

    private static Invocation invocation(long endPosition) {
        Invocation invocation = new Invocation(null, null, new InvocationIds(Clock.system()), 0, 0);
        invocation.endPosition = endPosition;
        return invocation;
    }

    @Test
    void findsWhatIsOpenAndNothingElse() {
        Invocation first = invocation(64);
        open.open(first);

        assertThat(open.find(first.correlation)).isSameAs(first);
        assertThat(open.find(0)).isNull();
        assertThat(open.find(-1)).isNull();
        assertThat(open.find(first.correlation + 1)).as("another slot").isNull();
        assertThat(open.find(first.correlation + 4096)).as("another serial").isNull();
    }

    @Test
    void aSlotThatIsUsedAgainDoesNotAnswerToItsOldCorrelation() {
        Invocation first = invocation(64);
        open.open(first);
        long old = first.correlation;
        open.remove(first);
        Invocation second = invocation(128);
        open.open(second);

        assertThat(open.find(old)).isNull();
        assertThat(open.find(second.correlation)).isSameAs(second);
    }

    @Test
    void listsInTheOrderOfTheRequests() {
        Invocation late = invocation(300);
        Invocation early = invocation(100);
        open.open(late);
        open.open(early);

        assertThat(open.inOrder()).containsExactly(early, late);
        assertThat(open.oldest()).isSameAs(early);
        assertThat(open.size()).isEqualTo(2);
        assertThat(open.isFull()).isFalse();
    }
}
