package io.nucleon.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {

    @Test
    void chargesEachProcessWhatItUsedMeanwhile() {
        List<ProcessUse> before = List.of(use(10, "java", 5.0, 0), use(11, "python3", 1.0, 0));
        List<ProcessUse> after =
                List.of(use(10, "java", 7.5, 0), use(11, "python3", 1.5, 0), use(12, "python3", 0.25, 0));

        assertThat(Measurement.costs(before, after))
                .extracting(Measurement.ProcessCost::name, Measurement.ProcessCost::cpuSeconds)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("java", 2.5),
                        org.assertj.core.groups.Tuple.tuple("python3", 0.5),
                        org.assertj.core.groups.Tuple.tuple("python3", 0.25));
    }

    @Test
    void chargesWhatCameAndWentOnce() {
        // 11 had used 1 s, used 0.5 s more, ended, and is in its parent's sum; another child of 0.25 s came and went.
        List<ProcessUse> before = List.of(use(10, "java", 5.0, 2.0), use(11, "sh", 1.0, 0));
        List<ProcessUse> after = List.of(use(10, "java", 5.0, 3.75));

        List<Measurement.ProcessCost> costs = Measurement.costs(before, after);

        assertThat(costs.getLast().name()).isEqualTo("ended");
        assertThat(costs.getLast().cpuSeconds()).isEqualTo(0.75);
    }

    @Test
    void readsThisProcessAndItsMemory() {
        long self = ProcessHandle.current().pid();

        ProcessUse use = ProcessTree.of(self).getFirst();

        assertThat(use.pid()).isEqualTo(self);
        assertThat(use.name()).isEqualTo("java");
        assertThat(use.cpuSeconds()).isPositive();
        assertThat(use.privateBytes()).isGreaterThan(10 << 20);
        assertThat(ProcessTree.of(Integer.MAX_VALUE)).isEmpty();
        assertThat(MachineUse.now().busySeconds()).isPositive();
    }

    private static ProcessUse use(long pid, String name, double cpu, double ended) {
        return new ProcessUse(pid, pid * 100, name, cpu, ended, 0, 0);
    }
}
