package io.nucleon.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedMemoryTest {

    @Test
    void anonymousMemoryCanNotBeShrunkByAnybody() throws IOException {
        try (SharedMemory memory = SharedMemory.anonymous("nucleon-test", 8192);
                RandomAccessFile other = new RandomAccessFile(memory.ownPath().toFile(), "rw")) {

            assertThatThrownBy(() -> other.setLength(0)).isInstanceOf(IOException.class);

            assertThat(other.length()).isEqualTo(8192);
        }
    }

    @Test
    void aFileIsForItsOwnerOnlyAndMustBeNew(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("segment");

        try (SharedMemory memory = SharedMemory.file(path, 4096)) {
            assertThat(memory.path()).isEqualTo(path);
            assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }

        assertThatThrownBy(() -> SharedMemory.file(path, 4096))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("file exists");
    }

    @Test
    void aLinkThatSomebodyPutThereIsNotFollowed(@TempDir Path folder) throws IOException {
        Path elsewhere = folder.resolve("elsewhere");
        Path link = Files.createSymbolicLink(folder.resolve("segment"), elsewhere);

        assertThatThrownBy(() -> SharedMemory.file(link, 4096))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("file exists");
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void blocksAreAllocatedWhenItIsMade() throws IOException {
        try (SharedMemory memory = SharedMemory.anonymous("nucleon-test", 1 << 20)) {
            Object blocks = Files.getAttribute(memory.ownPath(), "unix:size");

            assertThat(blocks).isEqualTo(1L << 20);
        }
    }

    @Test
    void moreThanThereIsFailsAndLeavesNoFile(@TempDir Path folder) {
        Path path = folder.resolve("huge");

        assertThatThrownBy(() -> SharedMemory.file(path, 1L << 50)).isInstanceOf(IOException.class);

        assertThat(path).doesNotExist();
    }
}
