package io.nucleon.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * CPU time of the whole machine since it was started, in seconds over all cores, as {@code /proc/stat} says. Immutable.
 *
 * @param busySeconds spent on processes of this machine
 * @param stolenSeconds that other guests of a virtual machine's host had instead
 */
public record MachineUse(double busySeconds, double stolenSeconds) {
    // Places behind "cpu": user, nice, system, irq, softirq. Idle and iowait are nobody's.
    private static final int[] BUSY = {1, 2, 3, 6, 7};
    private static final int STEAL = 8;

    /** That of now; zeros where there is no such file. */
    public static MachineUse now() {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            String[] fields = lines.findFirst().orElse("").split("\\s+");
            if (fields.length <= STEAL) {
                return new MachineUse(0, 0);
            }
            long busy = 0;
            for (int place : BUSY) {
                busy += Long.parseLong(fields[place]);
            }
            return new MachineUse(
                    busy / ProcessTree.TICKS_PER_SECOND, Long.parseLong(fields[STEAL]) / ProcessTree.TICKS_PER_SECOND);
        } catch (IOException e) {
            return new MachineUse(0, 0);
        }
    }
}
