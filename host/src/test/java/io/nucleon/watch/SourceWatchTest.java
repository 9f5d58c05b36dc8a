package io.nucleon.watch;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.watch.SourceWatch.Saved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The kernel's real events of real files. */
@Timeout(60)
class SourceWatchTest {

    @TempDir
    private Path temporary;

    private Path folder;
    private Path outside;
    private SourceWatch watch;

    @BeforeEach
    void makeFunction() throws IOException {
        folder = Files.createDirectories(temporary.resolve("orders"));
        outside = Files.createDirectories(temporary.resolve("shared"));
        write(folder.resolve("main.py"), "one");
    }

    @AfterEach
    void close() {
        if (watch != null) {
            watch.close();
        }
    }

    private void watchFolder() {
        watch(Ignored.STANDARD, "orders", folder);
    }

    private void watch(Ignored ignored, String name, Path... paths) {
        if (watch == null) {
            watch = new SourceWatch(ignored, System::nanoTime);
        }
        watch.watch(name, List.of(paths));
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** What comes of doing something while another thread waits. */
    private List<Saved> after(Change change) throws Exception {
        CompletableFuture<List<Saved>> saved = new CompletableFuture<>();
        Thread waiting = Thread.ofPlatform().daemon().start(() -> {
            try {
                saved.complete(watch.await());
            } catch (InterruptedException | RuntimeException e) {
                saved.completeExceptionally(e);
            }
        });
        change.make();
        List<Saved> told = saved.get(30, TimeUnit.SECONDS);
        waiting.join();
        return told;
    }

    private interface Change {
        void make() throws IOException;
    }

    private static Saved changed(String function, Path... files) {
        return new Saved(function, List.of(files), List.of());
    }

    @Test
    void tellsOfAFileThatIsWrittenInPlace() throws Exception {
        watchFolder();

        assertThat(after(() -> write(folder.resolve("main.py"), "two")))
                .containsExactly(changed("orders", folder.resolve("main.py")));
    }

    @Test
    void tellsOfASaveByRenameAsTheFileThatItIs() throws Exception {
        watchFolder();

        assertThat(after(() -> {
                    write(folder.resolve(".main.py.swp"), "x");
                    write(folder.resolve("4913"), "");
                    Files.delete(folder.resolve("4913"));
                    Files.move(folder.resolve("main.py"), folder.resolve("main.py~"), ATOMIC_MOVE);
                    Files.move(write(folder.resolve("main.py.tmp"), "one"), folder.resolve("main.py"), ATOMIC_MOVE);
                    Files.delete(folder.resolve("main.py~"));
                }))
                .containsExactly(changed("orders", folder.resolve("main.py")));
    }

    @Test
    void tellsOfAFileInANewFolder() throws Exception {
        watchFolder();
        Path first = folder.resolve("lib/deep/first.py");

        assertThat(after(() -> write(first, "x"))).containsExactly(changed("orders", first));
        assertThat(after(() -> write(first, "y")))
                .as("the folder is watched now")
                .containsExactly(changed("orders", first));
    }

    @Test
    void tellsOfARemovedFile() throws Exception {
        Path helper = write(folder.resolve("helper.py"), "x");
        watchFolder();

        assertThat(after(() -> Files.delete(helper))).containsExactly(new Saved("orders", List.of(), List.of(helper)));
    }

    @Test
    void tellsOfTheFileBehindALink() throws Exception {
        Path target = write(outside.resolve("prices.py"), "x");
        Path link = Files.createSymbolicLink(folder.resolve("prices.py"), target);
        watchFolder();

        assertThat(after(() -> write(target, "y"))).containsExactly(changed("orders", link));
        assertThat(after(() ->
                        Files.move(write(outside.resolve("other"), "y"), outside.resolve("prices.py"), ATOMIC_MOVE)))
                .as("saved by rename")
                .containsExactly(changed("orders", link));
    }

    @Test
    void tellsOfALinkThatIsTurned() throws Exception {
        write(outside.resolve("v1/prices.py"), "x");
        write(outside.resolve("v2/prices.py"), "x");
        Path current = Files.createSymbolicLink(outside.resolve("current"), Path.of("v1"));
        Path linked = Files.createSymbolicLink(folder.resolve("lib"), current);
        watchFolder();

        assertThat(after(() -> {
                    Path next = Files.createSymbolicLink(outside.resolve("next"), Path.of("v2"));
                    Files.move(next, current, ATOMIC_MOVE);
                }))
                .containsExactly(changed("orders", linked.resolve("prices.py")));
    }

    @Test
    void followsAFolderAboveThatIsALink() throws Exception {
        write(outside.resolve("v1/orders/main.py"), "x");
        write(outside.resolve("v2/orders/main.py"), "x");
        Path current = Files.createSymbolicLink(outside.resolve("current"), Path.of("v1"));
        watch(Ignored.STANDARD, "orders", current.resolve("orders"));

        assertThat(after(() -> {
                    Path next = Files.createSymbolicLink(outside.resolve("next"), Path.of("v2"));
                    Files.move(next, current, ATOMIC_MOVE);
                }))
                .containsExactly(changed("orders", current.resolve("orders/main.py")));
    }

    @Test
    void survivesLinksThatLeadInCircles() throws Exception {
        Files.createSymbolicLink(folder.resolve("again"), folder);
        Files.createSymbolicLink(folder.resolve("a"), folder.resolve("b"));
        Files.createSymbolicLink(folder.resolve("b"), folder.resolve("a"));
        watchFolder();

        assertThat(watch.files()).isEqualTo(1);
        assertThat(after(() -> write(folder.resolve("main.py"), "two"))).hasSize(1);
    }

    @Test
    void tellsOfFilesElsewhereThatItWasGiven() throws Exception {
        Path imported = write(outside.resolve("util.py"), "x");
        watchFolder();
        watch(Ignored.STANDARD, "orders", folder, imported);

        assertThat(after(() -> {
                    write(outside.resolve("neighbour.py"), "nobody's");
                    write(imported, "y");
                }))
                .containsExactly(changed("orders", imported));
    }

    @Test
    void tellsOfAFileThatWasNotThereWhenItWasGiven() throws Exception {
        Path environment = outside.resolve(".env");
        watch(Ignored.STANDARD, "orders", folder, environment);

        assertThat(after(() -> write(environment, "A=1"))).containsExactly(changed("orders", environment));
    }

    @Test
    void tellsWhatWasSavedWhileNobodyWaited() throws Exception {
        watchFolder();
        after(() -> write(folder.resolve("main.py"), "two"));
        write(folder.resolve("main.py"), "three");
        watchFolder(); // as after a reload

        assertThat(after(() -> {})).containsExactly(changed("orders", folder.resolve("main.py")));
    }

    @Test
    void tellsOfThoseFunctionsOnlyThatWereTouched() throws Exception {
        Path other = Files.createDirectories(temporary.resolve("score"));
        watchFolder();
        watch(Ignored.STANDARD, "score", other);

        assertThat(after(() -> write(other.resolve("main.js"), "x")))
                .containsExactly(changed("score", other.resolve("main.js")));
    }

    @Test
    void seesNothingInWhatToolsAndFunctionsWrite() throws Exception {
        watch(Ignored.with(List.of("*.csv", "data/**")), "orders", folder);

        assertThat(after(() -> {
                    write(folder.resolve("__pycache__/main.pyc"), "x");
                    write(folder.resolve("node_modules/left/index.js"), "x");
                    write(folder.resolve("sub/bin/tool"), "x");
                    write(folder.resolve(".git/index"), "x");
                    write(folder.resolve("out.log"), "x");
                    write(folder.resolve("began"), "x");
                    write(folder.resolve("rows.csv"), "x");
                    write(folder.resolve("data/rows.json"), "x");
                    write(folder.resolve("seen.json"), "x");
                }))
                .containsExactly(changed("orders", folder.resolve("seen.json")));
    }

    @Test
    void aFolderThatIsReplacedAsAWholeIsWatchedOn() throws Exception {
        watchFolder();

        assertThat(after(() -> {
                    write(temporary.resolve("new/main.py"), "two");
                    Files.move(folder, temporary.resolve("old"), ATOMIC_MOVE);
                    Files.move(temporary.resolve("new"), folder, ATOMIC_MOVE);
                }))
                .containsExactly(changed("orders", folder.resolve("main.py")));
        assertThat(after(() -> write(folder.resolve("main.py"), "three")))
                .containsExactly(changed("orders", folder.resolve("main.py")));
    }

    @Test
    void closeEndsTheWait() throws Exception {
        watchFolder();

        assertThat(after(() -> watch.close())).isEmpty();
    }

    @Test
    void refusesWhatIsNoGlob() {
        assertThatThrownBy(() -> Ignored.with(List.of("{a"))).isInstanceOf(IllegalArgumentException.class);
    }
}
