package io.nucleon.bench.load;

import io.nucleon.invoke.Clock;
import io.nucleon.load.ProcessTree;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;

/**
 * What a process for each event costs by {@link ProcessBuilder}: body in, output out, exit code, one after the other. Prints one line of
 * JSON as {@link InvokerLoad} does.
 *
 * <p>{@code java … ProcessBuilderLoad SECONDS BODY_BYTES PROGRAM [ARGUMENT…]}
 */
public final class ProcessBuilderLoad {

    private static final double MICROS = 1e6;

    private ProcessBuilderLoad() {}

    /** Runs one load. */
    public static void main(String[] args) throws IOException, InterruptedException {
        double seconds = Double.parseDouble(args[0]);
        byte[] body = new byte[Integer.parseInt(args[1])];
        List<String> command = List.of(args).subList(2, args.length);
        run(command, body, seconds);
        long self = ProcessHandle.current().pid();
        double before = ProcessTree.cpuSeconds(self);
        long begun = Clock.system().nanoTime();
        long done = run(command, body, seconds);
        double took = (Clock.system().nanoTime() - begun) / 1e9;
        double cpu = ProcessTree.cpuSeconds(self) - before;
        System.out.printf(
                Locale.ROOT,
                "{\"events\":%d,\"failed\":0,\"perSecond\":%.0f,\"cpuMicros\":%.2f}%n",
                done,
                done / took,
                cpu * MICROS / done);
    }

    private static long run(List<String> command, byte[] body, double seconds)
            throws IOException, InterruptedException {
        long end = Clock.system().nanoTime() + (long) (seconds * 1e9);
        long done = 0;
        while (Clock.system().nanoTime() - end < 0) {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(body);
            } catch (IOException e) {
                // it reads nothing
            }
            process.getInputStream().readAllBytes();
            if (process.waitFor() != 0) {
                throw new IOException(command + " ended with " + process.exitValue());
            }
            done++;
        }
        return done;
    }
}
