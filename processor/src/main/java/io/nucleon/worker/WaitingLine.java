package io.nucleon.worker;

import io.nucleon.invoke.Invocation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Events that wait for a worker, bounded by number and by bytes of their bodies. Safe for many threads; its lock is held for a few
 * instructions and never across a call out.
 */
final class WaitingLine {

    private final Deque<Invocation> line = new ArrayDeque<>();
    private final int maxEvents;
    private final long maxBytes;
    private long bytes;
    private volatile int size;

    WaitingLine(int maxEvents, long maxBytes) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
    }

    /** Adds an event (with its batch) at the end; false if the line is full. */
    synchronized boolean offer(Invocation invocation) {
        long more = bytesOf(invocation);
        if (line.size() >= maxEvents || (bytes + more > maxBytes && !line.isEmpty())) {
            return false;
        }
        line.addLast(invocation);
        bytes += more;
        size = line.size();
        return true;
    }

    /** Puts events that a lost worker had not begun back at the front, in their order, whatever the bounds. */
    synchronized void putBack(List<Invocation> invocations) {
        for (int i = invocations.size() - 1; i >= 0; i--) {
            line.addFirst(invocations.get(i));
            bytes += bytesOf(invocations.get(i));
        }
        size = line.size();
    }

    /** The next one, or null. */
    synchronized Invocation poll() {
        Invocation next = line.pollFirst();
        if (next != null) {
            bytes -= bytesOf(next);
            size = line.size();
        }
        return next;
    }

    /** Takes out one that was cancelled; false if it is not here. */
    synchronized boolean remove(Invocation invocation) {
        boolean found = line.remove(invocation);
        if (found) {
            bytes -= bytesOf(invocation);
            size = line.size();
        }
        return found;
    }

    /** Takes out those that may wait no longer. */
    synchronized List<Invocation> expired(long nowNanos) {
        List<Invocation> expired = new ArrayList<>();
        for (Iterator<Invocation> all = line.iterator(); all.hasNext(); ) {
            Invocation one = all.next();
            if (one.waitUntilNanos() - nowNanos <= 0) {
                all.remove();
                bytes -= bytesOf(one);
                expired.add(one);
            }
        }
        size = line.size();
        return expired;
    }

    /** How many wait; may be read without the lock. */
    int size() {
        return size;
    }

    /** Whether more than half of a bound is used. */
    synchronized boolean isHalfFull() {
        return line.size() > maxEvents / 2 || bytes > maxBytes / 2;
    }

    private static long bytesOf(Invocation first) {
        long sum = 0;
        for (Invocation one = first; one != null; one = one.batchNext) {
            sum += one.event().bodyLength();
        }
        return sum;
    }
}
