package io.nucleon.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramStarterTest {

    @TempDir
    Path folder;

    @Test
    void aProgramGetsArgumentsEnvironmentAndFolder() throws IOException {
        String text = run(
                List.of("sh", "-c", "printf '%s|' \"$0\" \"$1\" \"$NAME\"; pwd -P", "zero", "o n e"),
                List.of("NAME=it's"));

        assertThat(text).isEqualTo("zero|o n e|it's|" + folder.toRealPath() + "\n");
    }

    @Test
    void aProgramHasNoOtherDescriptor() throws IOException {
        try (FileInputStream _ = new FileInputStream("/dev/null")) {
            String own = "/proc/\\d+/fd/3"; // the folder that the shell itself looks into
            assertThat(run(List.of("sh", "-c", "echo /proc/$$/fd/*"), List.of()))
                    .matches("/proc/\\d+/fd/0 /proc/\\d+/fd/1 /proc/\\d+/fd/2 " + own + "\n");
        }
    }

    @Test
    void manyAndLongTextsFit() throws IOException {
        List<String> environment = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            environment.add("VARIABLE_" + i + "=" + "x".repeat(200));
        }

        assertThat(run(List.of("sh", "-c", "echo ${#VARIABLE_0} ${#VARIABLE_999}"), environment))
                .isEqualTo("200 200\n");
    }

    @Test
    void saysWhyAProgramCanNotBeStarted() throws IOException {
        Path noProgram = Files.writeString(folder.resolve("text"), "no program");

        assertThatThrownBy(() -> start("/not/there"))
                .isInstanceOf(IOException.class)
                .hasMessage("no such file or directory");
        assertThatThrownBy(() -> start(noProgram.toString())).hasMessage("permission denied");
        assertThat(noProgram.toFile().setExecutable(true)).isTrue();
        assertThatThrownBy(() -> start(noProgram.toString())).hasMessage("exec format error");
    }

    @Test
    void tellsHowAProgramEnded() throws IOException {
        assertThat(end("exit 0")).isEqualTo(new ChildExit(0));
        assertThat(end("exit 0").isSuccess()).isTrue();
        assertThat(end("exit 3").value()).isEqualTo(3);
        assertThat(end("kill -TERM $$").signal()).isEqualTo(15);
        assertThat(end("kill -TERM $$").value()).isEqualTo(143);
    }

    @Test
    void leavesNothingOpen() throws IOException {
        run(List.of("sh", "-c", "echo"), List.of());
        long before = descriptors();

        for (int i = 0; i < 20; i++) {
            run(List.of("sh", "-c", "echo"), List.of());
        }

        assertThat(descriptors()).isLessThanOrEqualTo(before + 2);
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    private int start(String program) throws IOException {
        try (ProgramStarter starter = new ProgramStarter(folder)) {
            int nothing = Children.openToRead(Path.of("/dev/null"));
            try {
                return starter.start(
                        new ProgramStarter.Program(program, List.of(program), List.of()), nothing, nothing, nothing);
            } finally {
                Children.close(nothing);
            }
        }
    }

    private ChildExit end(String script) throws IOException {
        try (ProgramStarter starter = new ProgramStarter(folder)) {
            int nothing = Children.openToRead(Path.of("/dev/null"));
            int pid = starter.start(program(List.of("sh", "-c", script), List.of()), nothing, nothing, nothing);
            Children.close(nothing);
            return await("it ends").atMost(10, TimeUnit.SECONDS).until(() -> Children.reap(pid), exit -> exit != null);
        }
    }

    private String run(List<String> arguments, List<String> environment) throws IOException {
        try (ProgramStarter starter = new ProgramStarter(folder)) {
            Pipe in = Pipe.toProgram();
            Pipe out = Pipe.fromProgram();
            int pid = starter.start(program(arguments, environment), in.theirs(), out.theirs(), out.theirs());
            in.closeTheirs();
            in.closeOurs();
            out.closeTheirs();
            await("it ends").atMost(10, TimeUnit.SECONDS).until(() -> Children.reap(pid) != null);
            try (FileInputStream read = new FileInputStream("/proc/self/fd/" + out.ours())) {
                return new String(read.readAllBytes(), StandardCharsets.UTF_8);
            } finally {
                out.closeOurs();
            }
        }
    }

    private static ProgramStarter.Program program(List<String> arguments, List<String> environment) {
        return new ProgramStarter.Program("/bin/sh", arguments, environment);
    }
}
