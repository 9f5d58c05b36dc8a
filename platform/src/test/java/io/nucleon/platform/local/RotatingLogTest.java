package io.nucleon.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingLogTest {
    @TempDir
    Path folder;

    @Test
    void keepsWholeLinesInAFewFilesAndGivesTheLastOnes() throws IOException {
        Path logs = folder.resolve("logs");
        try (RotatingLog log = new RotatingLog(logs, 100)) {
            for (int i = 0; i < 200; i++) {
                log.line("line number " + i);
            }
        }

        assertThat(tail(logs, 12)).hasSize(12).first().isEqualTo("line number 188");
        assertThat(tail(logs, 1000)).hasSizeBetween(30, 45).last().isEqualTo("line number 199");
        try (var files = Files.list(logs)) {
            assertThat(files).hasSize(6).allMatch(file -> isSmallAndPrivate(file));
        }
    }

    @Test
    void goesOnWhereAnEarlierProcessEnded() throws IOException {
        for (String text : List.of("one", "two")) {
            try (RotatingLog log = new RotatingLog(folder, 100)) {
                log.line(text);
            }
        }

        assertThat(tail(folder, 10)).containsExactly("one", "two");
    }

    @Test
    void showsNoEscapesOfTheFunction() throws IOException {
        try (RotatingLog log = new RotatingLog(folder, 100)) {
            log.line("red \u001b[31m");
        }

        assertThat(tail(folder, 10)).singleElement().asString().doesNotContain("\u001b");
    }

    private static boolean isSmallAndPrivate(Path file) {
        try {
            return Files.size(file) <= 100
                    && Files.getPosixFilePermissions(file).equals(PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> tail(Path folder, int lines) throws IOException {
        List<String> found = new ArrayList<>();
        RotatingLog.tail(folder, lines, found::add);
        return found;
    }
}
