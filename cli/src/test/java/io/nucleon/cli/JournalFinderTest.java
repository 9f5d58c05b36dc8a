package io.nucleon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.host.RunStates;
import io.nucleon.host.UserFolders;
import io.nucleon.journal.Journal;
import io.nucleon.journal.JournalSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transcripts of {@code events} and {@code replay} where several functions of one name have a journal. */
class JournalFinderTest {

    private static final String ONE = "2TSWY4R20000K8Q5ZJ0V3E1M7B";
    private static final String TWO = "2TSWY4R30000K8Q5ZJ0V3E1M7B";
    private static final String THREE = "2TSWY4R40000K8Q5ZJ0V3E1M7B";
    private static final long WRITTEN = 1_900_000_000_000_000_000L;

    @TempDir
    Path home;

    private UserFolders folders;
    private Path first;
    private Path second;

    @BeforeEach
    void makeJournals() throws IOException {
        folders = UserFolders.of(Map.of("HOME", home.toString()));
        first = Files.createDirectories(home.resolve("a/orders"));
        second = Files.createDirectories(home.resolve("b/orders"));
        run("orders", first, ONE);
        run("orders", second, TWO);
    }

    private void run(String function, Path source, String id) {
        Path real = RunStates.folder(source);
        keep(setting(folders.journal(function, source)).from(real), id);
    }

    private void keepByName(String function, String id) {
        keep(setting(folders.journal(function)), id);
    }

    private static JournalSetting setting(Path folder) {
        return new JournalSetting(folder, 1 << 30, Duration.ofDays(36_500), false, List.of());
    }

    private static void keep(JournalSetting setting, String id) {
        try (Journal journal = Journal.open(setting, () -> WRITTEN)) {
            journal.append(EventsTest.captured(id, 500, "KeyError: 'price'"), failure -> {});
        }
    }

    private Transcript run(String... words) {
        return Transcript.in(home).run(words);
    }

    private static String names(String... ids) {
        return "event/" + String.join("\nevent/", ids) + "\nexit 0\n";
    }

    @Test
    void aNameOfTwoIsRefusedWithWhatToType() {
        assertThat(run("events", "list", "orders", "-o", "name")).hasToString("""
                        error[NUC-8001]: 2 functions 'orders' have a journal
                          why   run from HOME/a/orders
                                run from HOME/b/orders
                          do    nucleon events list HOME/a/orders
                                nucleon explain NUC-8001
                        exit 2
                        """);
        assertThat(run("replay", "orders", "--recorded", "--dry-run").err())
                .contains("nucleon replay HOME/a/orders --recorded\n");
        assertThat(run("events", "send", "kafka", "orders").err()).startsWith("error[NUC-8002]: function 'orders'");
    }

    @Test
    void aPathMeansTheJournalOfItsFolder() throws IOException {
        Path file = Files.createFile(second.resolve("function.yaml"));
        Files.createDirectories(home.resolve("c/bills"));

        assertThat(run("events", "list", "./a/orders", "-o", "name")).hasToString(names(ONE));
        assertThat(run("events", "list", file.toString(), "-o", "name")).hasToString(names(TWO));
        assertThat(run("events", "list", "b/orders/", "-o", "name")).hasToString(names(TWO));
        assertThat(run("replay", "a/orders", "--event", ONE, "--dry-run").out()).startsWith("2TSWY4R2  POST /refund");
        assertThat(run("replay", "a/orders", "--event", TWO, "--dry-run").err()).startsWith("error[NUC-3021]");
        assertThat(run("replay", "a/orders", "--recorded").err())
                .startsWith("error[NUC-8002]: function 'orders' does not run here")
                .contains("nucleon run a/orders\n");
        assertThat(run("events", "list", "./c/bills")).hasToString("""
                        no recorded events of bills; nucleon run PATH --record journal keeps all
                        exit 0
                        """);
    }

    /** Also one that is no path by its looks; the name is meant where nothing of the folder is kept. */
    @Test
    void aFolderHereIsMeantBeforeAName() throws IOException {
        Path here = Files.createDirectory(home.resolve("orders"));
        assertThat(run("events", "list", "orders").err()).startsWith("error[NUC-8001]: 2 functions");

        run("orders", here, THREE);

        assertThat(run("events", "list", "orders", "-o", "name")).hasToString(names(THREE));
    }

    @Test
    void theDeployedOneIsMeantWhereItIsAskedFor() {
        keepByName("orders", THREE);

        assertThat(run("events", "list", "orders").err())
                .contains("3 functions 'orders'", "deployed, or of nucleon processor\n")
                .contains("nucleon events list orders --platform local\n");
        assertThat(run("events", "list", "orders", "--platform", "local", "-o", "name"))
                .hasToString(names(THREE));
        assertThat(run("replay", "orders", "--dead", "--to", "platform", "--yes")
                        .err())
                .doesNotContain("NUC-8001");
    }

    @Test
    void aNameOfOneIsEnough() {
        run("bills", first, THREE);

        assertThat(run("events", "list", "bills", "-o", "name")).hasToString(names(THREE));
        assertThat(run("events", "list", "a/orders").err())
                .startsWith("error[NUC-8001]: 2 functions run from a/orders have a journal\n  why   bills, orders\n");
    }

    @Test
    void withoutANameThoseOfOneNameAreTold() {
        run("bills", first, THREE);

        assertThat(run("replay", "--recorded", "--dry-run").err())
                .contains("these have recorded events: bills, HOME/a/orders, HOME/b/orders\n");
        assertThat(run("replay", "--event", THREE, "--dry-run").exit()).isZero();
    }

    /** Another one of that name runs, of which it is none. */
    @Test
    void whatIsKeptOfOneFolderIsNotSentToAnother() throws IOException {
        try (ScriptedControl other = new ScriptedControl("orders", home)) {
            assertThat(run("replay", "a/orders", "--recorded").err())
                    .startsWith("error[NUC-8002]: function 'orders' does not run here");
            assertThat(other).isNotNull();
        }
    }
}
