package io.nucleon.triggers.shards;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.triggers.shards.Progress.Entry;
import io.nucleon.triggers.shards.Progress.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final Progress progress = new Progress(0);

    private List<Entry> add(int count) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(progress.add("s" + i, i));
        }
        return entries;
    }

    @Test
    void isNowhereBeforeTheFirstRecordIsDone() {
        List<Entry> entries = add(3);

        progress.end(entries.get(1), State.DONE);

        assertThat(progress.reached()).isNull();
        assertThat(progress.unconfirmed()).isEqualTo(3);
        assertThat(progress.done()).isEqualTo(1);
    }

    @Test
    void reachesUpToTheFirstRecordThatIsNotDone() {
        List<Entry> entries = add(4);

        progress.end(entries.get(2), State.DONE);
        progress.end(entries.get(1), State.DONE);
        progress.end(entries.get(0), State.DONE);

        assertThat(progress.reached()).isEqualTo(new Progress.Reached("s2", 3));
        assertThat(progress.isSettled()).isFalse();
    }

    @Test
    void makesRoomOnlyWhenThePositionIsWritten() {
        List<Entry> entries = add(2);
        progress.end(entries.get(0), State.DONE);

        Progress.Reached first = progress.reached();
        assertThat(progress.unconfirmed()).isEqualTo(2);
        progress.end(entries.get(1), State.DONE);
        progress.confirmed(first);

        assertThat(progress.unconfirmed()).isEqualTo(1);
        assertThat(progress.done()).isEqualTo(1);
        assertThat(progress.reached()).isEqualTo(new Progress.Reached("s1", 1));
    }

    @Test
    void offersAPositionAgainThatWasNotWritten() {
        progress.end(add(1).getFirst(), State.DONE);

        assertThat(progress.reached()).isEqualTo(progress.reached()).isNotNull();
    }

    @Test
    void stopsAtWhatWasGivenBack() {
        List<Entry> entries = add(2);

        progress.end(entries.get(0), State.RETURNED);
        progress.end(entries.get(1), State.DONE);

        assertThat(progress.reached()).isNull();
        assertThat(progress.isSettled()).isFalse();
    }

    @Test
    void takesHeldRecordsForDoneUpToTheOneThatIsAcked() {
        List<Entry> entries = add(3);
        entries.forEach(entry -> progress.end(entry, State.HELD));
        assertThat(progress.unconfirmed()).isZero();

        progress.acked(1);

        assertThat(progress.reached()).isEqualTo(new Progress.Reached("s1", 2));
        assertThat(progress.unconfirmed()).isEqualTo(2);
        assertThat(progress.isSettled()).isFalse();
    }

    @Test
    void staysBehindByTheWindowOfAcks() {
        Progress behind = new Progress(2);
        for (int i = 0; i < 5; i++) {
            behind.end(behind.add("s" + i, i), State.DONE);
        }

        assertThat(behind.reached()).isEqualTo(new Progress.Reached("s2", 3));
        assertThat(behind.isSettled()).isTrue();
    }

    @RepeatedTest(20)
    void neverPassesARecordThatIsNotDoneInWhateverOrderTheyEnd() {
        List<Entry> entries = add(50);
        List<Integer> order = new ArrayList<>();
        Collections.addAll(
                order, java.util.stream.IntStream.range(0, 50).boxed().toArray(Integer[]::new));
        Collections.shuffle(order, new Random());
        boolean[] done = new boolean[50];
        int confirmed = 0;

        for (int next : order) {
            done[next] = true;
            progress.end(entries.get(next), State.DONE);
            Progress.Reached reached = progress.reached();
            if (reached != null) {
                confirmed += reached.records();
                progress.confirmed(reached);
            }
            int first = 0;
            while (first < 50 && done[first]) {
                first++;
            }
            assertThat(confirmed).as("order %s", order).isEqualTo(first);
        }
        assertThat(progress.unconfirmed()).isZero();
        assertThat(progress.done()).isZero();
    }
}
