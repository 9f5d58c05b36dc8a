package io.nucleon.admin;

import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.InvocationListener;
import io.nucleon.invoke.Outcome;
import java.util.Arrays;

/**
 * Counts the events of one function, by trigger. Safe for many threads; {@link #ended} allocates nothing after a thread's first event
 * and takes no lock.
 *
 * <p>Each platform thread that ends events (an event loop, the thread of a worker in the process) has cells of its own which only it
 * writes, so that counting is plain loads and stores; what virtual threads and more than {@link #MAX_OWNERS} threads count goes to
 * shared cells by atomic additions. The cells of a thread that has ended are taken over by the next new one.
 */
public final class EventMetrics implements InvocationListener {

    /** More threads than loops plus in-process workers of any sensible function; a look-up passes over that many at most. */
    private static final int MAX_OWNERS = 32;

    private final int triggers;
    private final int workers;
    private final Slot shared;
    private volatile Slot[] slots = {};

    /** The cells of one thread; without an owner, those of all others. */
    private static final class Slot {
        final Thread owner;
        final Tally[] byTrigger;

        Slot(Thread owner, Tally[] byTrigger) {
            this.owner = owner;
            this.byTrigger = byTrigger;
        }
    }

    /**
     * Counters that are all 0.
     *
     * @param triggers how many the function has
     * @param workers of its largest pool
     */
    public EventMetrics(int triggers, int workers) {
        this.triggers = triggers;
        this.workers = workers;
        shared = new Slot(null, tallies(true));
    }

    @Override
    public void ended(Invocation invocation, Outcome outcome, int status) {
        count(invocation, outcome, 1);
    }

    @Override
    public boolean countsOnly() {
        return true;
    }

    @Override
    public void endedAlike(Invocation one, int events) {
        count(one, one.outcome, events);
    }

    private void count(Invocation one, Outcome outcome, int events) {
        Tally[] byTrigger = slotOf(Thread.currentThread()).byTrigger;
        int trigger = one.event().source().index();
        if (trigger < byTrigger.length) {
            byTrigger[trigger].count(one, outcome, events);
        }
    }

    /** What the trigger of that index has counted so far. */
    public TriggerCounts counts(int trigger) {
        Tally common = shared.byTrigger[trigger];
        long[] sum = common.addTo(common.zeros());
        for (Slot slot : slots) {
            slot.byTrigger[trigger].addTo(sum);
        }
        return common.read(sum);
    }

    /** What all triggers together have counted so far. */
    public TriggerCounts counts() {
        Tally common = shared.byTrigger.length == 0 ? new Tally(workers, true) : shared.byTrigger[0];
        long[] sum = common.zeros();
        for (Tally tally : shared.byTrigger) {
            tally.addTo(sum);
        }
        for (Slot slot : slots) {
            for (Tally tally : slot.byTrigger) {
                tally.addTo(sum);
            }
        }
        return common.read(sum);
    }

    private Slot slotOf(Thread thread) {
        Slot[] known = slots;
        for (Slot slot : known) {
            if (slot.owner == thread) {
                return slot;
            }
        }
        return thread.isVirtual() || known.length == MAX_OWNERS ? shared : claim(thread);
    }

    private synchronized Slot claim(Thread thread) {
        Slot[] known = slots;
        for (int i = 0; i < known.length; i++) {
            if (!known[i].owner.isAlive()) {
                return publish(known.clone(), i, new Slot(thread, known[i].byTrigger));
            }
        }
        if (known.length == MAX_OWNERS) {
            return shared;
        }
        return publish(Arrays.copyOf(known, known.length + 1), known.length, new Slot(thread, tallies(false)));
    }

    private Slot publish(Slot[] changed, int place, Slot slot) {
        changed[place] = slot;
        slots = changed;
        return slot;
    }

    private Tally[] tallies(boolean forMany) {
        Tally[] made = new Tally[triggers];
        Arrays.setAll(made, i -> new Tally(workers, forMany));
        return made;
    }
}
