package io.nucleon.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Look;
import io.nucleon.error.Place;
import io.nucleon.invoke.ManualClock;
import io.nucleon.spec.ReadOptions;
import io.nucleon.watch.SourceWatch.Saved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadLinesTest {

    private static final ErrorMessage BROKEN = ErrorMessage.of(
                    ErrorCode.SOURCE_INVALID,
                    "orders/main.py:12:12 invalid syntax",
                    "python 3.13.5 can't compile it",
                    "fix the line and save")
            .at(new Place("orders/main.py", 12, 12, "    retrun body", ""));

    @TempDir
    private Path temporary;

    private Path folder;
    private Plan plan;
    private final List<String> out = new ArrayList<>();
    private final List<String> err = new ArrayList<>();

    @BeforeEach
    void makePlan() throws IOException {
        folder = Files.createDirectories(temporary.resolve("orders"));
        Files.writeString(folder.resolve("function.yaml"), "spec: {runtime: python, handler: 'main:handler'}\n");
        plan = Plan.ofPath(folder, Overrides.NONE, Map.of(), false, ReadOptions.DEFAULT);
    }

    private ReloadLines lines(boolean json, boolean quiet, boolean named, Look look) {
        return new ReloadLines(
                out::add, err::add, new ManualClock(), new ReloadLines.Style(json, quiet, look, named, ZoneOffset.UTC));
    }

    private ReloadLines lines() {
        return lines(false, false, false, Look.PLAIN);
    }

    private Saved saved(String... files) {
        return new Saved("orders", List.of(files).stream().map(folder::resolve).toList(), List.of());
    }

    private static ReloadLines.Served served(int workers, int open, long lost) {
        return new ReloadLines.Served(workers, 38.24, open, lost, null);
    }

    @Test
    void aSaveThatIsServedIsALine() {
        lines().served(plan, saved("main.py"), served(4, 0, 0));
        lines().served(plan, saved("lib/a.py", "main.py"), served(1, 2, 0));
        lines().served(plan, saved("a.py", "b.py", "c.py"), served(1, 1, 3));
        lines().served(plan, new Saved("orders", List.of(), List.of(folder.resolve("old.py"))), served(1, 0, 1));

        assertThat(err)
                .containsExactly(
                        "00:00:01.000  ~     main.py saved: 4 workers reloaded in 38 ms, 0 events lost",
                        "00:00:01.000  ~     lib/a.py, main.py saved: 1 worker reloaded in 38 ms, "
                                + "2 events finish on the old code, 0 events lost",
                        "00:00:01.000  ~     3 files saved: 1 worker reloaded in 38 ms, "
                                + "1 event finishes on the old code, 3 events lost",
                        "00:00:01.000  ~     old.py removed: 1 worker reloaded in 38 ms, 1 event lost");
        assertThat(out).isEmpty();
    }

    @Test
    void aSaveThatCannotBeServedIsALineAndItsMessage() {
        lines().refused(plan, saved("main.py"), List.of(BROKEN));

        assertThat(String.join("\n", err) + "\n").isEqualTo("""
                00:00:01.000  !     main.py saved but not loaded, still serving the last good code
                error[NUC-4022]: orders/main.py:12:12 invalid syntax
                          12 |     retrun body
                             |            ^
                  why   python 3.13.5 can't compile it
                  do    fix the line and save
                        nucleon explain NUC-4022
                """);
    }

    @Test
    void ofSeveralFunctionsEachIsNamed() {
        lines(false, false, true, Look.PLAIN).served(plan, saved("main.py"), served(1, 0, 0));

        assertThat(err)
                .containsExactly(
                        "00:00:01.000  ~     orders  main.py saved: 1 worker reloaded in 38 ms, 0 events lost");
    }

    @Test
    void whatCountsLaterIsToldBesides() {
        lines().served(
                        plan,
                        saved("function.yaml"),
                        new ReloadLines.Served(1, 38, 0, 0, Restarts.message("function.yaml", List.of("metadata"))));

        assertThat(err).hasSize(2);
        assertThat(err.get(1))
                .startsWith("warning[NUC-1041]: function.yaml: metadata counts from the next start only\n");
    }

    @Test
    void theQuietHearOfWhatIsWrongOnly() {
        lines(false, true, false, Look.PLAIN).served(plan, saved("main.py"), served(1, 0, 0));
        assertThat(err).isEmpty();

        lines(false, true, false, Look.PLAIN).refused(plan, saved("main.py"), List.of(BROKEN));
        assertThat(err).hasSize(2);
    }

    @Test
    void programsGetObjects() {
        lines(true, false, false, Look.PLAIN).served(plan, saved("main.py"), served(1, 2, 0));
        lines(true, false, false, Look.PLAIN).refused(plan, saved("main.py"), List.of(BROKEN));

        assertThat(out)
                .containsExactly(
                        "{\"apiVersion\":\"v1\",\"kind\":\"reload\",\"function\":\"orders\",\"state\":\"ok\","
                                + "\"files\":[\"main.py\"],\"workers\":1,\"ms\":38.2,\"open\":2,\"lost\":0}",
                        "{\"apiVersion\":\"v1\",\"kind\":\"reload\",\"function\":\"orders\",\"state\":\"failed\","
                                + "\"files\":[\"main.py\"],\"code\":\"NUC-4022\"}");
        assertThat(err).singleElement().asString().startsWith("{\"error\":{\"code\":\"NUC-4022\"");
    }

    @Test
    void coloursAreRolesAndFileNamesMoveNoCursor() {
        lines(false, false, false, new Look(true, true)).served(plan, saved("main.py"), served(1, 0, 0));
        lines().served(plan, saved("a\u001b[2Jb.py"), served(1, 0, 0));

        assertThat(err.get(0)).contains("\u001b[34m~   \u001b[0m");
        assertThat(err.get(1)).doesNotContain("\u001b").contains("a\\u001b[2Jb.py saved");
    }
}
