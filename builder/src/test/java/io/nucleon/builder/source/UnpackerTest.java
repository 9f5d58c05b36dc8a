package io.nucleon.builder.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NucleonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each attack by an archive is a test: nothing is written outside of the target, and the message says which entry it was. */
class UnpackerTest {
    @TempDir
    Path folder;

    private Path target;

    @BeforeEach
    void makeTarget() throws IOException {
        target = Files.createDirectories(folder.resolve("a/code"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "bzip2", "xz", "lz4-framed", "snappy-framed"})
    void unpacksATarHoweverItIsPressedAndCalled(String kind) throws IOException {
        byte[] tar = Archives.tar(out -> {
            Archives.file(out, "./main.py", "one");
            Archives.file(out, "deep/er/two.txt", "two");
            Archives.link(out, "deep/link", "er/two.txt");
        });

        unpack(Archives.pressed(folder.resolve("code"), kind, tar), CodeLimits.DEFAULT);

        assertThat(target.resolve("main.py")).hasContent("one");
        assertThat(target.resolve("deep/link")).isSymbolicLink().hasContent("two");
    }

    @Test
    void unpacksZipAndSevenZip() throws IOException {
        Path zip = Archives.zip(folder.resolve("code.tar.gz"), out -> {
            Archives.entry(
                    out,
                    "run.sh",
                    UnixStat.FILE_FLAG | 04755,
                    "echo".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            Archives.link(out, "link", "run.sh");
        });
        unpack(zip, CodeLimits.DEFAULT);
        assertThat(target.resolve("run.sh")).isExecutable();
        assertThat(target.resolve("link")).isSymbolicLink();
        assertThat(Files.getPosixFilePermissions(target.resolve("run.sh"))).hasSize(7);

        target = Files.createDirectory(folder.resolve("other"));
        unpack(Archives.sevenZ(folder.resolve("x"), "main.py", "seven"), CodeLimits.DEFAULT);
        assertThat(target.resolve("main.py")).hasContent("seven");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "x/../../evil",
                "/tmp/nucleon-evil",
                "..\\evil",
                "C:/evil",
                "C:\\evil",
                "x//evil",
                "x/./../../evil",
                "..",
                "x/..",
                "\\evil"
            })
    void refusesNamesThatLeadElsewhere(String name) throws IOException {
        refused(Archives.zip(folder.resolve("a.zip"), out -> Archives.file(out, name, "evil")));
        refused(Archives.tar(folder.resolve("a.tar"), out -> Archives.file(out, name, "evil")));

        assertThat(folder.resolve("evil")).doesNotExist();
        assertThat(folder.resolve("a/evil")).doesNotExist();
        assertThat(Path.of("/tmp/nucleon-evil")).doesNotExist();
    }

    /** nuclio compares texts: a folder beside the target whose name begins with the target's passes there. */
    @Test
    void refusesTheFolderBesideTheTargetWithTheSameBeginning() throws IOException {
        refused(Archives.zip(folder.resolve("a.zip"), out -> Archives.file(out, "../code-evil/x", "evil")));

        assertThat(folder.resolve("a/code-evil")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../..", "../../secret", "x/../../../secret", "nowhere", "self"})
    void refusesLinksThatLeadOutOrNowhere(String to) throws IOException {
        Files.writeString(folder.resolve("secret"), "secret");

        refused(Archives.zip(folder.resolve("a.zip"), out -> Archives.link(out, "self", to)));
        refused(Archives.tar(folder.resolve("a.tar"), out -> Archives.link(out, "self", to)));
    }

    @Test
    void refusesLinksThatLeadOutTogether() throws IOException {
        Files.writeString(folder.resolve("a/secret"), "secret");

        refused(Archives.tar(folder.resolve("a.tar"), out -> {
            Archives.file(out, "d/e/file", "");
            Archives.link(out, "d/up", "..");
            // By its words the target itself; by what the system makes of it, the folder above.
            Archives.link(out, "out", "d/up/../secret");
        }));
    }

    @Test
    void writesNothingThroughALink() throws IOException {
        refused(Archives.tar(folder.resolve("a.tar"), out -> {
            Archives.link(out, "d", "..");
            Archives.file(out, "d/evil", "evil");
        }));
        refused(Archives.tar(folder.resolve("b.tar"), out -> {
            Archives.link(out, "d", "../evil");
            Archives.file(out, "d", "evil");
        }));
        refused(Archives.tar(folder.resolve("c.tar"), out -> {
            Archives.file(out, "d", "good");
            Archives.file(out, "d", "evil");
        }));

        assertThat(folder.resolve("a/evil")).doesNotExist();
    }

    @Test
    void refusesHardLinksToWhatIsNotInTheArchive() throws IOException {
        refused(Archives.tar(
                folder.resolve("a.tar"), out -> Archives.special(out, "hard", TarConstants.LF_LINK, "/etc/passwd")));
        refused(Archives.tar(
                folder.resolve("b.tar"), out -> Archives.special(out, "hard", TarConstants.LF_LINK, "../../secret")));
    }

    @ParameterizedTest
    @ValueSource(bytes = {TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO})
    void refusesDevicesAndPipes(byte kind) throws IOException {
        refused(Archives.tar(folder.resolve("a.tar"), out -> Archives.special(out, "dev", kind, "")));
        refused(Archives.zip(folder.resolve("a.zip"), out -> Archives.entry(out, "dev", 0020666, new byte[0])));

        assertThat(target).isEmptyDirectory();
    }

    @Test
    void refusesBombsBySizeNumberAndRatio() throws IOException {
        Path big =
                Archives.zip(folder.resolve("a.zip"), out -> Archives.entry(out, "zeros", 0100644, new byte[20 << 20]));
        refused(big, new CodeLimits(10 << 20, 100, 1_000_000, 0));
        refused(big, new CodeLimits(100 << 20, 100, 50, 0));
        Path pressed = Archives.pressed(
                folder.resolve("a.tgz"), "gz", Archives.tar(out -> Archives.file(out, "zeros", "\0".repeat(20 << 20))));
        refused(pressed, new CodeLimits(100 << 20, 100, 50, 0));
        Path many = Archives.tar(folder.resolve("a.tar"), out -> {
            for (int i = 0; i < 101; i++) {
                Archives.file(out, "f" + i, "");
            }
        });
        refused(many, new CodeLimits(100 << 20, 100, 50, 0));
    }

    /** What was written until then is small: it is counted as it comes, not afterwards. */
    @Test
    void stopsWritingABombInTime() throws IOException {
        Path big =
                Archives.zip(folder.resolve("a.zip"), out -> Archives.entry(out, "zeros", 0100644, new byte[20 << 20]));

        refused(big, new CodeLimits(1 << 20, 100, 1_000_000, 0));

        assertThat(Files.size(target.resolve("zeros"))).isLessThanOrEqualTo(1 << 20);
    }

    @Test
    void saysOfWhatIsNoArchiveThatItIsNone() throws IOException {
        Path page = Files.writeString(folder.resolve("code.zip"), "<html>not found</html>");
        Path cut = folder.resolve("cut.zip");
        byte[] whole = Files.readAllBytes(
                Archives.zip(folder.resolve("w.zip"), out -> Archives.file(out, "main.py", "x".repeat(500))));
        Files.write(
                cut,
                Stream.of(whole)
                        .map(all -> java.util.Arrays.copyOf(all, all.length / 2))
                        .findFirst()
                        .orElseThrow());

        for (Path file : new Path[] {page, cut, Files.createFile(folder.resolve("empty"))}) {
            assertThatThrownBy(() -> unpack(file, CodeLimits.DEFAULT))
                    .isInstanceOfSatisfying(
                            NucleonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ARCHIVE_UNREADABLE));
        }
    }

    private void refused(Path archive) throws IOException {
        refused(archive, CodeLimits.DEFAULT);
    }

    private void refused(Path archive, CodeLimits limits) throws IOException {
        CodeTree.remove(target);
        Files.createDirectories(target);
        assertThatThrownBy(() -> unpack(archive, limits))
                .isInstanceOfSatisfying(
                        NucleonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CODE_REFUSED));
    }

    private void unpack(Path archive, CodeLimits limits) {
        Unpacker.unpack(archive, archive.getFileName().toString(), target, limits);
    }
}
