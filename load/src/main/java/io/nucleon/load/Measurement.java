package io.nucleon.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * One run and what it cost. Immutable, but for the histograms, which nobody writes any more.
 *
 * @param processes what each process of the server's tree used during the run; empty if it is not known which they are
 * @param generatorSeconds CPU time of this process, compilers and collectors included
 * @param othersShare share of the machine's whole CPU time that went to neither, 0 to 1
 * @param stolenShare share of it that the machine did not get from its host, 0 to 1
 * @param compilerShare share of the tree's CPU time that the compilers of its root took, if that is a JVM, 0 to 1
 */
public record Measurement(
        RunResult run,
        List<ProcessCost> processes,
        double generatorSeconds,
        double othersShare,
        double stolenShare,
        double compilerShare) {

    /**
     * What one process used during a run.
     *
     * @param name {@code java}, {@code python3}; {@code ended} for children that came and went
     * @param privateBytes resident at the end, without shared memory
     * @param sharedBytes shared memory resident at the end
     */
    public record ProcessCost(long pid, String name, double cpuSeconds, long privateBytes, long sharedBytes) {}

    public Measurement {
        processes = List.copyOf(processes);
    }

    /**
     * Makes a run and looks at the processes before and after it.
     *
     * @param server root of the tree whose cost is wanted
     * @throws IOException if the server is gone
     */
    public static Measurement of(Load generator, LoadPlan.Length length, OptionalLong server, Consumer<Tally> progress)
            throws IOException, InterruptedException {
        long self = ProcessHandle.current().pid();
        long began = Stopwatch.nanos();
        MachineUse machineBefore = MachineUse.now();
        double selfBefore = ProcessTree.ownCpuSeconds(self);
        double compilersBefore = server.isPresent() ? ProcessTree.compilerSeconds(server.getAsLong()) : 0;
        List<ProcessUse> before = server.isPresent() ? ProcessTree.of(server.getAsLong()) : List.of();
        RunResult run = generator.run(length, progress);
        List<ProcessUse> after = server.isPresent() ? ProcessTree.of(server.getAsLong()) : List.of();
        double compilers = server.isPresent() ? ProcessTree.compilerSeconds(server.getAsLong()) - compilersBefore : 0;
        double ours = ProcessTree.ownCpuSeconds(self) - selfBefore;
        MachineUse machine = MachineUse.now();
        double capacity =
                (Stopwatch.nanos() - began) / 1e9 * Runtime.getRuntime().availableProcessors();
        List<ProcessCost> costs = costs(before, after);
        double tree = costs.stream().mapToDouble(ProcessCost::cpuSeconds).sum();
        double busy = machine.busySeconds() - machineBefore.busySeconds();
        return new Measurement(
                run,
                costs,
                ours,
                share(busy - tree - ours, capacity),
                share(machine.stolenSeconds() - machineBefore.stolenSeconds(), capacity),
                share(compilers, tree));
    }

    /** CPU seconds of the server's whole tree. */
    public double treeSeconds() {
        return processes.stream().mapToDouble(ProcessCost::cpuSeconds).sum();
    }

    /** CPU µs of the server's whole tree for each answer; NaN if the tree is not known or nothing was answered. */
    public double cpuMicrosPerEvent() {
        return microsPerEvent(processes.isEmpty() ? Double.NaN : treeSeconds());
    }

    /** So many CPU seconds as µs for each answer. */
    public double microsPerEvent(double seconds) {
        long answered = run.tally().answered();
        return answered == 0 ? Double.NaN : seconds * 1e6 / answered;
    }

    /** Resident memory of the tree: what is shared between its processes once. */
    public long residentBytes() {
        long own = processes.stream().mapToLong(ProcessCost::privateBytes).sum();
        // The root maps every segment, each worker its own.
        return own
                + processes.stream().mapToLong(ProcessCost::sharedBytes).max().orElse(0);
    }

    static List<ProcessCost> costs(List<ProcessUse> before, List<ProcessUse> after) {
        record Key(long pid, long start) {}
        Map<Key, ProcessUse> earlier = new LinkedHashMap<>();
        before.forEach(one -> earlier.put(new Key(one.pid(), one.start()), one));
        List<ProcessCost> costs = new ArrayList<>();
        double ended = 0;
        for (ProcessUse now : after) {
            ProcessUse then = earlier.remove(new Key(now.pid(), now.start()));
            double own = now.cpuSeconds() - (then == null ? 0 : then.cpuSeconds());
            ended += now.endedSeconds() - (then == null ? 0 : then.endedSeconds());
            costs.add(new ProcessCost(now.pid(), now.name(), own, now.privateBytes(), now.sharedBytes()));
        }
        // What these had used before is in their parents' sums now.
        ended -= earlier.values().stream()
                .mapToDouble(one -> one.cpuSeconds() + one.endedSeconds())
                .sum();
        if (ended > 0) {
            costs.add(new ProcessCost(0, "ended", ended, 0, 0));
        }
        return List.copyOf(costs);
    }

    private static double share(double seconds, double capacity) {
        return capacity <= 0 ? 0 : Math.min(1, Math.max(0, seconds / capacity));
    }
}
