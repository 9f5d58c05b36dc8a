package io.nucleon.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Starts programs by the C library's {@code posix_spawn}: one clone that shares our memory until the program's own is there
 * ({@code CLONE_VFORK}), one exec, no helper between. {@link ProcessBuilder} starts a helper that looks through all descriptors, and a
 * thread that waits for each child.
 *
 * <p>Used by one thread at a time. {@link #start} waits until the program's file is being executed: 100 to 300 µs.
 *
 * <p>A program gets no descriptor of ours but the three, no signal blocked or ignored, and a session and process group of its own, whose
 * number is its pid.
 */
public final class ProgramStarter implements AutoCloseable {

    // spawn.h of glibc
    private static final long SETSIGDEF = 0x04;
    private static final long SETSIGMASK = 0x08;
    private static final long SETSID = 0x80;

    /** Larger than posix_spawnattr_t (336), posix_spawn_file_actions_t (80) and sigset_t (128) of any architecture. */
    private static final int STRUCT_BYTES = 512;

    private static final int FIRST_SCRATCH_BYTES = 64 * 1024;
    private static final int NOTHING_MORE = -1;

    /** The number under which a program finds the descriptor that it gets beside the three. */
    public static final int INHERITED = 3;

    private static final Functions FUNCTIONS = Functions.find();

    /** The functions of spawn.h, all called by one signature: it is of no harm to them that more is passed than they take. */
    private record Functions(
            MethodHandle call,
            MemorySegment spawn,
            MemorySegment initActions,
            MemorySegment destroyActions,
            MemorySegment duplicate,
            MemorySegment closeFrom,
            MemorySegment changeDirectory,
            MemorySegment initAttributes,
            MemorySegment setFlags,
            MemorySegment setMask,
            MemorySegment setDefaults) {

        /** Null where the C library has not all of them: musl, and glibc before 2.34. */
        static Functions find() {
            Linker linker = Linker.nativeLinker();
            SymbolLookup library = linker.defaultLookup();
            String missing = "posix_spawn_file_actions_addclosefrom_np";
            if (library.find(missing).isEmpty()) {
                return null;
            }
            return new Functions(
                    linker.downcallHandle(FunctionDescriptor.of(
                            JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG)),
                    library.findOrThrow("posix_spawn"),
                    library.findOrThrow("posix_spawn_file_actions_init"),
                    library.findOrThrow("posix_spawn_file_actions_destroy"),
                    library.findOrThrow("posix_spawn_file_actions_adddup2"),
                    library.findOrThrow(missing),
                    library.findOrThrow("posix_spawn_file_actions_addchdir_np"),
                    library.findOrThrow("posix_spawnattr_init"),
                    library.findOrThrow("posix_spawnattr_setflags"),
                    library.findOrThrow("posix_spawnattr_setsigmask"),
                    library.findOrThrow("posix_spawnattr_setsigdefault"));
        }

        int call(MemorySegment function, long first, long second, long third, long fourth, long fifth, long sixth) {
            try {
                return (int) call.invokeExact(function, first, second, third, fourth, fifth, sixth);
            } catch (Throwable t) {
                throw new IllegalStateException("a function of spawn.h failed", t);
            }
        }

        int call(MemorySegment function, long first, long second, long third) {
            return call(function, first, second, third, 0, 0, 0);
        }
    }

    private final Arena arena = Arena.ofShared();
    private final MemorySegment directory;
    private final MemorySegment attributes = arena.allocate(STRUCT_BYTES, Long.BYTES);
    private final MemorySegment actions = arena.allocate(STRUCT_BYTES, Long.BYTES);
    private final MemorySegment pid = arena.allocate(JAVA_INT);
    private MemorySegment scratch = arena.allocate(FIRST_SCRATCH_BYTES, Long.BYTES);

    /** Whether this machine's C library has what is needed. */
    public static boolean isAvailable() {
        return FUNCTIONS != null;
    }

    /** @param directory where the programs are started */
    public ProgramStarter(Path directory) {
        if (FUNCTIONS == null) {
            throw new UnsupportedOperationException("this C library has no posix_spawn that closes descriptors");
        }
        this.directory = arena.allocateFrom(directory.toString());
        MemorySegment signals = arena.allocate(STRUCT_BYTES, Long.BYTES);
        check(FUNCTIONS.call(FUNCTIONS.initAttributes, attributes.address(), 0, 0));
        check(FUNCTIONS.call(FUNCTIONS.setMask, attributes.address(), signals.address(), 0));
        signals.fill((byte) -1);
        check(FUNCTIONS.call(FUNCTIONS.setDefaults, attributes.address(), signals.address(), 0));
        check(FUNCTIONS.call(FUNCTIONS.setFlags, attributes.address(), SETSIGDEF | SETSIGMASK | SETSID, 0));
    }

    /**
     * A program and what it is started with; texts without NUL, given to it as UTF-8.
     *
     * @param file path of its file; not looked for on PATH
     * @param arguments with its own name as the first
     * @param environment {@code NAME=value}
     */
    public record Program(String file, List<String> arguments, List<String> environment) {}

    /**
     * Starts it and returns its pid. The descriptors stay the caller's.
     *
     * @throws IOException when it can't be executed
     */
    public int start(Program program, int input, int output, int error) throws IOException {
        return start(program, input, output, error, NOTHING_MORE);
    }

    /**
     * Starts it with one descriptor more, which it finds as {@value #INHERITED}; such as a socket that listens.
     *
     * @throws IOException when it can't be executed
     */
    public int start(Program program, int input, int output, int error, int inherited) throws IOException {
        try {
            check(FUNCTIONS.call(FUNCTIONS.initActions, actions.address(), 0, 0));
            check(FUNCTIONS.call(FUNCTIONS.duplicate, actions.address(), input, 0));
            check(FUNCTIONS.call(FUNCTIONS.duplicate, actions.address(), output, 1));
            check(FUNCTIONS.call(FUNCTIONS.duplicate, actions.address(), error, 2));
            if (inherited != NOTHING_MORE) {
                check(FUNCTIONS.call(FUNCTIONS.duplicate, actions.address(), inherited, INHERITED));
            }
            int firstClosed = inherited == NOTHING_MORE ? INHERITED : INHERITED + 1;
            check(FUNCTIONS.call(FUNCTIONS.closeFrom, actions.address(), firstClosed, 0));
            check(FUNCTIONS.call(FUNCTIONS.changeDirectory, actions.address(), directory.address(), 0));
            long arguments = write(program);
            int result = FUNCTIONS.call(
                    FUNCTIONS.spawn,
                    pid.address(),
                    scratch.address(),
                    actions.address(),
                    attributes.address(),
                    arguments,
                    arguments + (program.arguments.size() + 1L) * Long.BYTES);
            if (result != 0) {
                throw new IOException(Errno.text(result));
            }
            return pid.get(JAVA_INT, 0);
        } finally {
            FUNCTIONS.call(FUNCTIONS.destroyActions, actions.address(), 0, 0);
        }
    }

    /** Writes path, argument and environment lists and their texts; returns the address of the argument list. */
    private long write(Program program) {
        byte[] path = text(program.file);
        List<byte[]> arguments = texts(program.arguments);
        List<byte[]> environment = texts(program.environment);
        long pathBytes = align(path.length + 1L);
        long lists = (arguments.size() + environment.size() + 2L) * Long.BYTES;
        reserve(pathBytes + lists + bytes(arguments) + bytes(environment));
        put(path, 0);
        long end = putList(arguments, pathBytes, pathBytes + lists);
        putList(environment, pathBytes + (arguments.size() + 1L) * Long.BYTES, end);
        return scratch.address() + pathBytes;
    }

    private static List<byte[]> texts(List<String> texts) {
        return texts.stream().map(ProgramStarter::text).toList();
    }

    private long putList(List<byte[]> list, long at, long textsAt) {
        long entry = at;
        long text = textsAt;
        for (byte[] one : list) {
            scratch.set(JAVA_LONG, entry, scratch.address() + text);
            entry += Long.BYTES;
            text = put(one, text);
        }
        scratch.set(JAVA_LONG, entry, 0);
        return text;
    }

    private long put(byte[] text, long at) {
        MemorySegment.copy(text, 0, scratch, JAVA_BYTE, at, text.length);
        scratch.set(JAVA_BYTE, at + text.length, (byte) 0);
        return at + text.length + 1;
    }

    private void reserve(long needed) {
        if (scratch.byteSize() < needed) {
            scratch = arena.allocate(2 * needed, ADDRESS.byteAlignment());
        }
    }

    private static long bytes(List<byte[]> texts) {
        long bytes = 0;
        for (byte[] text : texts) {
            bytes += text.length + 1;
        }
        return bytes;
    }

    private static long align(long bytes) {
        return (bytes + Long.BYTES - 1) & -Long.BYTES;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void check(int result) {
        if (result != 0) {
            throw new IllegalStateException("a function of spawn.h failed: " + Errno.text(result));
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
