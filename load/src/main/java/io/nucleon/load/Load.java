package io.nucleon.load;

import java.io.IOException;
import java.util.function.Consumer;

/** Sends events to one server, in runs one at a time. Confined to one thread, but for {@link #stop}, which any may call. */
public interface Load extends AutoCloseable {

    /**
     * One run. Returns when every event that was sent has ended or has been given up.
     *
     * @param progress is told now and then how far it is, on this thread
     * @throws IOException if the server is gone
     */
    RunResult run(LoadPlan.Length length, Consumer<Tally> progress) throws IOException, InterruptedException;

    /** Ends the run early, and each later one at once; what is open is still waited for. */
    void stop();

    @Override
    void close();
}
