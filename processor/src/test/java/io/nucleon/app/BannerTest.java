package io.nucleon.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.app.Banner.Shown;
import io.nucleon.command.Product;
import io.nucleon.error.Look;
import io.nucleon.host.HostUrls;
import io.nucleon.runtime.WorkerSnapshot;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BannerTest {

    private static final String VERSION = Product.installed().version();
    private static final HostUrls MOVED =
            new HostUrls("http://127.0.0.1:1081", "http://127.0.0.1:1082", "http://127.0.0.1:1090");

    private static Shown orders(int workers, int inFlight, String transport, String reason) {
        List<WorkerSnapshot> snapshots = IntStream.range(0, workers)
                .mapToObj(i -> new WorkerSnapshot(i, "ready", 4120 + i, 1, transport, reason, 0, 0, ""))
                .toList();
        return new Shown(
                "orders",
                "python 3.13.5",
                "main:handler",
                "http://127.0.0.1:8080",
                List.of(),
                snapshots,
                inFlight,
                8 << 20,
                "");
    }

    private static Banner.Running running(long millis, HostUrls servers, String watching) {
        return new Banner.Running(millis, servers, watching, "", "");
    }

    private static Shown score(String note) {
        return new Shown(
                "score",
                "java 25",
                "Score",
                "http://127.0.0.1:8080/score",
                List.of("cron nightly"),
                List.of(new WorkerSnapshot(0, "ready", 0, 0, "none", "", 0, 0, "")),
                1,
                8 << 20,
                note);
    }

    @Test
    void oneFunctionSaysOnlyWhatMatters() {
        assertThat(Banner.of(List.of(orders(1, 1, "shm", "")), running(212, null, "3 files"), Look.PLAIN))
                .isEqualTo("""
                nucleon VERSION · orders · python 3.13.5 · main:handler · ready in 212 ms
                  http       http://127.0.0.1:8080
                  workers    1 process · shared memory 1 × 8 MiB
                  watching   3 files · Ctrl-C drains and stops
                """.replace("VERSION", VERSION));
    }

    @Test
    void whatIsUnusualGetsALine() {
        assertThat(Banner.of(
                        List.of(orders(4, 16, "unix", "memfd_create: EPERM")), running(212, MOVED, ""), Look.PLAIN))
                .isEqualTo("""
                        nucleon VERSION · orders · python 3.13.5 · main:handler · ready in 212 ms
                          http       http://127.0.0.1:8080
                          workers    4 processes × 16 in flight (mode: async) · unix socket
                                     no shared memory: memfd_create: EPERM
                          health     http://127.0.0.1:1082/ready
                          admin      http://127.0.0.1:1081/triggers
                          metrics    http://127.0.0.1:1090/metrics
                          stop       Ctrl-C drains and stops
                        """.replace("VERSION", VERSION));
    }

    @Test
    void otherTriggersAndTheRuntimesNoteAreTold() {
        assertThat(Banner.of(List.of(score("compiled by the interpreter only")), running(5, null, ""), Look.PLAIN))
                .isEqualTo("""
                        nucleon VERSION · score · java 25 · Score · ready in 5 ms
                          http       http://127.0.0.1:8080/score
                          triggers   cron nightly
                          workers    1 in this process
                          note       compiled by the interpreter only
                          stop       Ctrl-C drains and stops
                        """.replace("VERSION", VERSION));
    }

    @Test
    void whereADebuggerCanComeIsTold() {
        assertThat(Banner.of(
                        List.of(orders(1, 1, "shm", "")),
                        new Banner.Running(212, null, "", "127.0.0.1:5678", ""),
                        Look.PLAIN))
                .contains("\n  debugger   127.0.0.1:5678\n  stop ");
    }

    @Test
    void whatGoesWrongOnPurposeIsTold() {
        assertThat(Banner.of(
                        List.of(orders(1, 1, "shm", "")),
                        new Banner.Running(212, null, "3 files", "", "kills the worker of 10 % of events"),
                        Look.PLAIN))
                .contains("\n  chaos      kills the worker of 10 % of events\n  watching ");
    }

    @Test
    void shellFunctionsHaveAProcessForEachEventOrAResidentOne() {
        assertThat(Banner.of(List.of(shell(0), shell(4120)), running(5, null, ""), Look.PLAIN))
                .contains(" · shell (sh) · main.sh · 1, a process for each event\n")
                .contains(" · shell (sh) · main.sh · 1 process · pipes\n");
    }

    private static Shown shell(long pid) {
        return new Shown(
                "scan",
                "shell (sh)",
                "main.sh",
                "http://127.0.0.1:8080",
                List.of(),
                List.of(new WorkerSnapshot(0, "ready", pid, 1, "pipes", "", 0, 0, "")),
                1,
                0,
                "");
    }

    @Test
    void severalFunctionsHaveALineEach() {
        assertThat(Banner.of(List.of(orders(2, 1, "shm", ""), score("")), running(512, null, ""), Look.PLAIN))
                .isEqualTo("""
                        nucleon VERSION · 2 functions · ready in 512 ms
                          orders     http://127.0.0.1:8080 · python 3.13.5 · main:handler · 2 processes · shared memory 2 × 8 MiB
                          score      http://127.0.0.1:8080/score · cron nightly · java 25 · Score · 1 in this process
                          stop       Ctrl-C drains and stops
                        """.replace("VERSION", VERSION));
    }

    @Test
    void coloursAreRolesAndSymbolsHaveTwins() {
        List<Shown> functions = List.of(orders(2, 1, "shm", ""));

        String coloured = Banner.of(functions, running(212, null, ""), new Look(true, true));
        String ascii = Banner.of(functions, running(212, null, ""), new Look(false, false));

        assertThat(coloured).contains("\u001b[34mhttp://127.0.0.1:8080\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9]*m", ""))
                .isEqualTo(Banner.of(functions, running(212, null, ""), Look.PLAIN));
        assertThat(ascii)
                .contains("orders - python 3.13.5")
                .contains("2 x 8 MiB")
                .isASCII();
    }
}
