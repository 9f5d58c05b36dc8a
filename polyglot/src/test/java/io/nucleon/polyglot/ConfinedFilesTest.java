package io.nucleon.polyglot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfinedFilesTest {

    @TempDir
    private Path top;

    private Path function;
    private Path secret;

    @BeforeEach
    void makeFiles() throws IOException {
        function = Files.createDirectories(top.resolve("function"));
        secret = Files.writeString(top.resolve("secret.txt"), "secret");
        Files.writeString(function.resolve("data.txt"), "data");
    }

    private ConfinedFiles files(GuestSetting.Files granted) {
        return ConfinedFiles.of(TestSetting.of(GuestLanguage.JAVASCRIPT, function, granted));
    }

    @Test
    void readsTheFunctionsFolderAndNothingBesideIt() throws IOException {
        ConfinedFiles files = files(GuestSetting.Files.RO);

        try (var channel = files.newByteChannel(function.resolve("data.txt"), Set.of(StandardOpenOption.READ))) {
            assertThat(channel.size()).isEqualTo(4);
        }
        assertRefused(files, secret);
        assertRefused(files, function.resolve("../secret.txt"));
        assertRefused(files, Path.of("/etc/passwd"));
    }

    @Test
    void whatIsNotThereIsRefusedOutsideAndMissingInside() {
        ConfinedFiles files = files(GuestSetting.Files.RO);

        assertRefused(files, top.resolve("nothing"));
        assertThatThrownBy(() -> files.checkAccess(function.resolve("nothing"), Set.of(AccessMode.READ)))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void linksThatLeadOutLeadNowhere() throws IOException {
        Files.createSymbolicLink(function.resolve("link"), secret);
        Files.createSymbolicLink(function.resolve("folder"), top);
        Files.createSymbolicLink(function.resolve("made"), top.resolve("made.txt"));
        ConfinedFiles files = files(GuestSetting.Files.RW);

        assertRefused(files, function.resolve("link"));
        assertRefused(files, function.resolve("folder/secret.txt"));
        assertThatThrownBy(() -> files.newByteChannel(
                        function.resolve("made"), Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE)))
                .isInstanceOf(SecurityException.class);
        assertThat(top.resolve("made.txt")).doesNotExist();
    }

    @Test
    void writesOnlyWhereGranted() throws IOException {
        Path file = function.resolve("new.txt");
        Set<StandardOpenOption> write = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE);

        assertThatThrownBy(() -> files(GuestSetting.Files.RO).newByteChannel(file, write))
                .isInstanceOf(SecurityException.class);
        files(GuestSetting.Files.RW).newByteChannel(file, write).close();
        assertThat(file).exists();
        assertThatThrownBy(() -> files(GuestSetting.Files.RW).delete(function)).isInstanceOf(SecurityException.class);
        assertThatThrownBy(() -> files(GuestSetting.Files.RW).move(file, top.resolve("moved.txt")))
                .isInstanceOf(SecurityException.class);
        assertThatThrownBy(() -> files(GuestSetting.Files.RW).createSymbolicLink(function.resolve("out"), secret))
                .isInstanceOfAny(SecurityException.class, UnsupportedOperationException.class);
    }

    @Test
    void withoutFilesOnlyTheWrapperIsThere() {
        ConfinedFiles files = files(GuestSetting.Files.NONE);

        assertRefused(files, function.resolve("data.txt"));
        assertThatThrownBy(() -> files.readAttributes(function, "size", LinkOption.NOFOLLOW_LINKS))
                .isInstanceOf(SecurityException.class);
    }

    private static void assertRefused(ConfinedFiles files, Path path) {
        assertThatThrownBy(() -> files.newByteChannel(path, Set.of(StandardOpenOption.READ)))
                .isInstanceOf(SecurityException.class);
    }
}
