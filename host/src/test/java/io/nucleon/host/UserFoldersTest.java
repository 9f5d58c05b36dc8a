package io.nucleon.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserFoldersTest {

    @TempDir
    Path home;

    private UserFolders folders;
    private Path journals;

    @BeforeEach
    void setUp() {
        folders = UserFolders.of(Map.of("HOME", home.toString()));
        journals = home.resolve(".local/state/nucleon/journal");
    }

    @Test
    void whatIsRunHasTheJournalOfItsFolder() throws IOException {
        Path here = Files.createDirectories(home.resolve("a/orders"));
        Path there = Files.createDirectories(home.resolve("b/orders"));
        Path link = Files.createSymbolicLink(home.resolve("link"), here);
        Path file = Files.createFile(here.resolve("function.yaml"));

        assertThat(folders.journal("orders", here).getParent()).isEqualTo(journals);
        assertThat(folders.journal("orders", here).getFileName().toString()).matches("orders@[0-9a-f]{8}");
        assertThat(folders.journal("orders", there)).isNotEqualTo(folders.journal("orders", here));
        assertThat(folders.journal("orders", link)).isEqualTo(folders.journal("orders", here));
        assertThat(folders.journal("orders", file)).isEqualTo(folders.journal("orders", here));
        assertThat(folders.journal("orders", home.resolve("b/../a/orders"))).isEqualTo(folders.journal("orders", here));
    }

    /** Journals are found again by later versions: the first eight digits of SHA-256 of the path. */
    @Test
    void theNameOfAJournalStays() {
        assertThat(folders.journal("orders", Path.of("/nowhere/orders")).getFileName())
                .hasToString("orders@61aed563");
        assertThat(folders.journal("a/b", Path.of("/nowhere/orders")).getFileName())
                .hasToString("function@61aed563");
    }

    @Test
    void journalsAreListedByName() throws IOException {
        assertThat(folders.journals()).isEmpty();
        Path elsewhere = home.resolve("volume");
        Path run = folders.journal("orders", Path.of("/nowhere/orders"));
        for (Path folder : new Path[] {
            run,
            folders.journal("orders"),
            folders.journal("bills"),
            journals.resolve("orders@x"),
            journals.resolve("@0")
        }) {
            UserFolders.makePrivate(folder);
        }
        folders.journalIsAt("bills", elsewhere);

        assertThat(folders.journals())
                .containsExactlyInAnyOrder(
                        new JournalFolder("bills", elsewhere, false),
                        new JournalFolder("orders", folders.journal("orders"), false),
                        new JournalFolder("orders", run, true));
    }
}
