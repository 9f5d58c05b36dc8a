package io.nucleon.runtime.process;

import io.nucleon.os.Signals;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a worker's process ended.
 *
 * @param status as {@link Process#exitValue()} gives it
 * @param shortage null if the kernel did not kill it for want of memory
 * @param lastLines the newest lines of its standard error
 * @param lastOutput the newest lines of its standard output, where the JVM says that it gives up
 */
record WorkerExit(int status, WorkerMemory.Shortage shortage, List<String> lastLines, List<String> lastOutput) {

    /** What interpreters and run times say when they end because they get no more memory. */
    private static final List<String> NO_MEMORY = List.of(
            "MemoryError",
            "OutOfMemoryError",
            "heap out of memory",
            "std::bad_alloc",
            "Out of memory",
            "allocate memory");

    private static final int QUOTED_LINES = 20;

    WorkerExit {
        lastLines = List.copyOf(lastLines);
        lastOutput = List.copyOf(lastOutput);
    }

    /** {@code SIGSEGV}, {@code exit 3}. */
    String describe() {
        return Signals.describeExit(status);
    }

    /** The line in which it said that memory was missing; empty for none. */
    String lineAboutMemory() {
        return status == 0
                ? ""
                : Stream.of(lastLines.reversed(), lastOutput.reversed())
                        .flatMap(List::stream)
                        .filter(line -> NO_MEMORY.stream().anyMatch(line::contains))
                        .findFirst()
                        .orElse("");
    }

    /** Its last words as a message quotes them: of standard output if standard error has none; empty if it said nothing. */
    String quoted() {
        List<String> lines = lastLines.isEmpty() ? lastOutput : lastLines;
        return String.join("\n", lines.subList(Math.max(0, lines.size() - QUOTED_LINES), lines.size()));
    }
}
