package io.nucleon.runtime.shell;

import io.netty.channel.IoEventLoop;
import io.nucleon.os.ChildExit;
import io.nucleon.os.Children;
import io.nucleon.os.Pipe;
import io.nucleon.os.ProgramStarter;
import io.nucleon.os.Signals;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.RejectedExecutionException;

/**
 * A process that was started, its standard input, output and error. Confined to an event loop; only the start itself is done elsewhere.
 *
 * <p>Standard output and error are read as they come and given on as views that are valid for the call.
 */
final class Child {

    /** Hears of a child, on the loop. */
    interface Listener {

        /** It runs; or it could not be started ({@code why}), and nothing else follows. */
        void started(IOException why);

        /** A part of what it wrote. */
        void output(ByteBuffer part);

        /** A part of what it wrote to standard error, where that is read apart. */
        void errors(ByteBuffer part);

        /** Everybody who could write to standard output has closed it. */
        void outputEnded();

        /** There is room in its standard input. */
        void inputReady();

        /** It has ended; its output may not have. */
        void exited(ChildExit exit);
    }

    private static final Path NOTHING = Path.of("/dev/null");

    /** Of a large body, so much is given at a time instead of 64 KiB; what an unprivileged user may ask for at most. */
    private static final int WIDE_PIPE = 1 << 20;

    private static final int PIPE = 64 * 1024;

    /** Buffers that are read of one child before the loop looks at the others. */
    private static final int MOST_ROUNDS = 16;

    private final Launcher launcher;
    private final IoEventLoop loop;
    private final ByteBuffer buffer;
    private final Listener listener;
    private Watch input;
    private Watch output;
    private Watch errors;
    private Watch end;
    private int pid;
    private boolean killed;
    private boolean paused;

    /** @param buffer a direct one, which it reads into; shared by the children of one worker */
    Child(Launcher launcher, IoEventLoop loop, ByteBuffer buffer, Listener listener) {
        this.launcher = launcher;
        this.loop = loop;
        this.buffer = buffer;
        this.listener = listener;
    }

    /**
     * Starts it; {@link Listener#started} follows. Input can be written at once.
     *
     * @param inputBytes about how many it will be given; 0: its standard input is empty
     * @param errorsApart whether standard error is not the same as standard output
     */
    void start(ProgramStarter.Program program, int inputBytes, boolean errorsApart) throws IOException {
        int stdin = -1;
        int stdout = -1;
        int stderr = -1;
        try {
            stdin = openInput(inputBytes);
            Pipe out = Pipe.fromProgram();
            stdout = out.theirs();
            output = Watch.toRead(loop, out.ours(), this::readOutput);
            if (errorsApart) {
                Pipe err = Pipe.fromProgram();
                stderr = err.theirs();
                errors = Watch.toRead(loop, err.ours(), this::readErrors);
            }
        } catch (IOException e) {
            closeAll(stdin, stdout, stderr);
            close();
            throw e;
        }
        int in = stdin;
        int out = stdout;
        int err = stderr;
        launcher.execute(starter -> launch(starter, program, in, out, err));
    }

    private int openInput(int bytes) throws IOException {
        if (bytes == 0) {
            return Children.openToRead(NOTHING);
        }
        Pipe pipe = Pipe.toProgram();
        if (bytes > PIPE) {
            pipe.widen(WIDE_PIPE);
        }
        input = Watch.toWrite(loop, pipe.ours(), listener::inputReady);
        return pipe.theirs();
    }

    /** On the launcher's thread. */
    private void launch(ProgramStarter starter, ProgramStarter.Program program, int in, int out, int err) {
        try {
            int started = starter.start(program, in, out, err < 0 ? out : err);
            tellLoop(started, descriptorOf(started));
        } catch (IOException e) {
            tell(() -> listener.started(e));
        } finally {
            closeAll(in, out, err);
        }
    }

    private static int descriptorOf(int started) throws IOException {
        try {
            return Children.descriptorOf(started);
        } catch (IOException e) {
            Children.end(started);
            throw e;
        }
    }

    private void tellLoop(int started, int descriptor) {
        if (!tell(() -> begin(started, descriptor))) {
            Children.close(descriptor);
            Children.end(started);
        }
    }

    /** False when the loop has ended. */
    private boolean tell(Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private static void closeAll(int... descriptors) {
        for (int descriptor : descriptors) {
            if (descriptor >= 0) {
                Children.close(descriptor);
            }
        }
    }

    private void begin(int started, int descriptor) {
        pid = started;
        end = Watch.toRead(loop, descriptor, this::reap);
        end.on();
        if (killed) {
            kill();
        } else {
            output.on();
            if (errors != null) {
                errors.on();
            }
        }
        listener.started(null);
    }

    private void reap() {
        ChildExit exit = Children.reap(pid);
        if (exit != null) {
            end.close();
            listener.exited(exit);
        }
    }

    /** Reads what is there now, unless it is paused; of a flood a part, so that the loop comes to others. */
    void readOutput() {
        for (int round = 0; round < MOST_ROUNDS && output.isOpen() && !paused; round++) {
            int read = read(output);
            if (read > 0) {
                listener.output(buffer.flip());
            } else {
                if (read < 0) {
                    output.close();
                    listener.outputEnded();
                }
                return;
            }
        }
    }

    /** Likewise for standard error, if that is read apart. */
    void readErrors() {
        for (int round = 0; round < MOST_ROUNDS && errors != null && errors.isOpen(); round++) {
            int read = read(errors);
            if (read > 0) {
                listener.errors(buffer.flip());
            } else {
                if (read < 0) {
                    errors.close();
                }
                return;
            }
        }
    }

    private int read(Watch from) {
        try {
            return from.read(buffer.clear());
        } catch (IOException e) {
            return -1;
        }
    }

    /** Writes to its standard input as much as there is room for. False when it reads no more: its input is closed then. */
    boolean write(ByteBuffer from) {
        try {
            input.write(from);
            return true;
        } catch (IOException e) {
            input.close();
            return false;
        }
    }

    /** Whether {@link Listener#inputReady} is to be called when there is room. */
    void awaitRoom(boolean wanted) {
        if (wanted) {
            input.on();
        } else {
            input.off();
        }
    }

    void closeInput() {
        if (input != null) {
            input.close();
        }
    }

    /** Whether its output is left unread, so that it has to wait. */
    void pause(boolean nowPaused) {
        paused = nowPaused;
        if (!output.isOpen()) {
            return;
        }
        if (paused) {
            output.off();
        } else {
            output.on();
        }
    }

    /** Ends it and its group now, whatever they do; nothing is read any more, {@link Listener#exited} follows. */
    void kill() {
        killed = true;
        if (pid != 0 && end.isOpen()) {
            Signals.toGroup(pid, Signals.KILL);
        }
        closePipes();
    }

    /** 0 until it was started. */
    int pid() {
        return pid;
    }

    /** Gives its pipes back: whoever still holds one writes to nobody. */
    void closePipes() {
        closeInput();
        if (output != null) {
            output.close();
        }
        if (errors != null) {
            errors.close();
        }
    }

    private void close() {
        closePipes();
        if (end != null) {
            end.close();
        }
    }
}
