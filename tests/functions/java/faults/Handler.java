import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Goes wrong as the path says; every other path is the answer. */
public class Handler implements EventHandler {

    private static final int SIGSEGV = 11;

    @Override
    public Response handleEvent(Context context, Event event) {
        try {
            goWrong(event.getPath());
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        return new Response().setBody(event.getPath());
    }

    private static void goWrong(String path) throws Throwable {
        switch (path) {
            case "/die" -> {
                hold();
                System.err.println("about to die");
                call("kill", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
                        .invoke((int) ProcessHandle.current().pid(), SIGSEGV);
                Thread.sleep(60_000);
            }
            case "/exit" -> Runtime.getRuntime().halt(3);
            case "/slow" -> Thread.sleep(60_000);
            case "/short" -> Thread.sleep(2);
            case "/child" -> {
                new ProcessBuilder("sleep", "1234.5").start();
                Thread.sleep(60_000);
            }
            case "/long" -> beginAnd(60_000);
            case "/second" -> beginAnd(1000);
            case "/busy" -> {
                touch("began");
                while (true) {
                    Thread.onSpinWait();
                }
            }
            case "/held" -> hold();
            case "/garbage" -> garbage();
            case "/print" -> {
                System.out.print("x".repeat(1_000_000));
                for (int i = 0; i < 25_600; i++) {
                    System.out.write(i % 256);
                }
                System.out.flush();
            }
            case "/eat" -> eat();
            case "/heap" -> heap();
            default -> {}
        }
    }

    private static void beginAnd(long millis) throws IOException, InterruptedException {
        touch("began");
        Thread.sleep(millis);
    }

    private static void hold() throws IOException, InterruptedException {
        touch("held");
        while (!Files.exists(Path.of("go"))) {
            Thread.sleep(10);
        }
    }

    private static void touch(String name) throws IOException {
        Files.write(Path.of(name), new byte[0]);
    }

    private static void garbage() throws Throwable {
        MethodHandle write = call(
                "write",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
        byte[] bytes = new byte[4096];
        new Random().nextBytes(bytes);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment source = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            for (int descriptor = 3; descriptor < 64; descriptor++) {
                long _ = (long) write.invoke(descriptor, source, source.byteSize());
            }
        }
    }

    /** Outside of the heap, which has a limit of its own. */
    private static void eat() {
        while (true) {
            Arena.global().allocate(4 << 20).fill((byte) 'x');
        }
    }

    private static void heap() {
        List<byte[]> held = new ArrayList<>();
        while (true) {
            held.add(new byte[1 << 20]);
        }
    }

    private static MethodHandle call(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }
}
