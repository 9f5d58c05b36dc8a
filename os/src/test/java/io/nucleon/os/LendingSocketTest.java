package io.nucleon.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class LendingSocketTest {
    @TempDir
    Path folder;

    @Test
    void bringsLinesBothWays() throws IOException {
        try (LendingSocket.Place place = LendingSocket.listen(folder.resolve("s"));
                LendingSocket here = LendingSocket.connect(folder.resolve("s"));
                LendingSocket there = place.accept()) {
            here.send("one", LendingSocket.NOTHING);
            here.send("two", LendingSocket.NOTHING);
            assertThat(there.line()).isEqualTo("one");
            assertThat(there.line()).isEqualTo("two");
            there.send("three", LendingSocket.NOTHING);
            assertThat(here.line()).isEqualTo("three");
            assertThat(here.takeLent()).isEqualTo(LendingSocket.NOTHING);
        }
    }

    @Test
    void lendsADescriptor() throws IOException {
        Pipe pipe = Pipe.fromProgram();
        try (LendingSocket.Place place = LendingSocket.listen(folder.resolve("s"));
                LendingSocket here = LendingSocket.connect(folder.resolve("s"));
                LendingSocket there = place.accept()) {
            here.send("plain", LendingSocket.NOTHING);
            here.send("lent", pipe.theirs());
            pipe.closeTheirs();
            assertThat(there.line()).isEqualTo("plain");
            assertThat(there.line()).isEqualTo("lent");
            int lent = there.takeLent();

            assertThat(lent).isNotEqualTo(LendingSocket.NOTHING);
            assertThat(there.takeLent()).isEqualTo(LendingSocket.NOTHING);
            Files.writeString(Path.of("/proc/self/fd/" + lent), "through it");
            byte[] read = new byte[64];
            try (var in = new java.io.FileInputStream("/proc/self/fd/" + pipe.ours())) {
                int length = in.read(read);
                assertThat(new String(read, 0, length, StandardCharsets.US_ASCII))
                        .isEqualTo("through it");
            }
            LinuxCalls.close(lent);
        } finally {
            pipe.closeOurs();
        }
    }

    @Test
    void tellsThatTheOtherSideIsGone() throws IOException {
        try (LendingSocket.Place place = LendingSocket.listen(folder.resolve("s"));
                LendingSocket here = LendingSocket.connect(folder.resolve("s"))) {
            LendingSocket there = place.accept();
            there.send("half", LendingSocket.NOTHING);
            there.close();

            assertThat(here.line()).isEqualTo("half");
            assertThat(here.line()).isNull();
            assertThatThrownBy(() -> {
                        here.send("nobody", LendingSocket.NOTHING);
                        here.send("hears", LendingSocket.NOTHING);
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void sendsNothingToWhoeverHasItsNumberNow() throws IOException {
        try (LendingSocket.Place place = LendingSocket.listen(folder.resolve("s"))) {
            LendingSocket first = LendingSocket.connect(folder.resolve("s"));
            LendingSocket there = place.accept();
            first.close();
            there.close();
            try (LendingSocket second = LendingSocket.connect(folder.resolve("s"));
                    LendingSocket other = place.accept()) {
                for (LendingSocket closed : List.of(first, there)) {
                    closed.end();
                    assertThatThrownBy(() -> closed.send("astray", LendingSocket.NOTHING))
                            .isInstanceOf(IOException.class);
                }
                second.send("to", LendingSocket.NOTHING);
                other.send("fro", LendingSocket.NOTHING);

                assertThat(other.line()).isEqualTo("to");
                assertThat(second.line()).isEqualTo("fro");
            }
        }
    }

    @Test
    void endsAReadThatWaits() throws Exception {
        try (LendingSocket.Place place = LendingSocket.listen(folder.resolve("s"));
                LendingSocket here = LendingSocket.connect(folder.resolve("s"));
                LendingSocket there = place.accept()) {
            CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> {
                try {
                    return String.valueOf(there.line());
                } catch (IOException e) {
                    return e.toString();
                }
            });

            there.end();

            assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo("null");
            assertThat(here.line()).isNull();
        }
    }

    @Test
    void refusesLinesWithoutEnd() throws IOException {
        try (LendingSocket.Place place = LendingSocket.listen(folder.resolve("s"));
                LendingSocket here = LendingSocket.connect(folder.resolve("s"));
                LendingSocket there = place.accept()) {
            here.send("x".repeat(20_000), LendingSocket.NOTHING);

            assertThatThrownBy(there::line).isInstanceOf(IOException.class).hasMessageContaining("too long");
        }
    }

    @Test
    void saysWhyNobodyCanBeReached() {
        assertThatThrownBy(() -> LendingSocket.connect(folder.resolve("nobody")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no such file");
    }
}
