package io.nucleon.app;

import io.nucleon.command.Product;
import io.nucleon.error.Look;
import io.nucleon.error.Look.Role;
import io.nucleon.host.HostUrls;
import io.nucleon.runtime.WorkerSnapshot;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code run} says when its functions are ready: only what matters. Confined to one thread. */
final class Banner {

    private static final String INDENT = "  ";
    private static final String STOP = "Ctrl-C drains and stops";
    private static final int LABEL_WIDTH = 11;

    private final Look look;
    private final StringBuilder text = new StringBuilder();
    private int labelWidth = LABEL_WIDTH;

    private Banner(Look look) {
        this.look = look;
    }

    /**
     * What there is to say of all of them.
     *
     * @param millis from the process's start
     * @param servers null if they have the ports where everybody looks for them
     * @param watching what is loaded anew when it is saved, in words; empty for nothing
     * @param debugger where one can come to, or why none can; empty if none is asked for
     * @param chaos what goes wrong on purpose; empty for nothing
     */
    record Running(long millis, HostUrls servers, String watching, String debugger, String chaos) {}

    /** The lines, with their ends. */
    static String of(List<Shown> functions, Running running, Look look) {
        Banner banner = new Banner(look);
        if (functions.size() == 1) {
            banner.one(functions.getFirst(), running.millis);
        } else {
            banner.several(functions, running.millis);
        }
        if (running.servers != null) {
            banner.url("health", running.servers.health() + "/ready");
            banner.url("admin", running.servers.admin() + "/triggers");
            banner.url("metrics", running.servers.metrics() + "/metrics");
        }
        banner.line("debugger", running.debugger);
        if (!running.chaos.isEmpty()) {
            banner.line("chaos", look.paint(Role.WARN, running.chaos));
        }
        if (running.watching.isEmpty()) {
            banner.line("stop", STOP);
        } else {
            banner.line("watching", running.watching + " · " + STOP);
        }
        return look.symbols(banner.text.toString());
    }

    /**
     * What there is to say of a function.
     *
     * @param address empty if it has no HTTP trigger
     * @param triggers the other ones: {@code cron every-minute}
     * @param note of its runtime; may be empty
     * @param inFlight events at once in a worker
     */
    record Shown(
            String name,
            String language,
            String handler,
            String address,
            List<String> triggers,
            List<WorkerSnapshot> workers,
            int inFlight,
            long segmentBytes,
            String note) {

        private String workersText() {
            if (workers.isEmpty()) {
                return "none";
            }
            WorkerSnapshot first = workers.getFirst();
            String async = inFlight > 1 ? " × " + inFlight + " in flight (mode: async)" : "";
            if (first.transport().equals("pipes") && first.pid() == 0) {
                return workers.size() + ", a process for each event";
            }
            if (first.pid() == 0) {
                return workers.size() + " in this process" + async;
            }
            String processes = workers.size() + (workers.size() == 1 ? " process" : " processes") + async;
            return processes
                    + switch (first.transport()) {
                        case "shm" -> " · shared memory " + workers.size() + " × " + (segmentBytes >> 20) + " MiB";
                        case "pipes" -> " · pipes";
                        default -> " · unix socket";
                    };
        }

        /** Why it is a socket though nobody asked for one; empty for no reason to tell. */
        private String transportReason() {
            return workers.isEmpty() ? "" : workers.getFirst().transportReason();
        }
    }

    private void one(Shown function, long millis) {
        text.append(look.paint(Role.STRONG, "nucleon " + Product.installed().version()));
        text.append(" · ").append(look.paint(Role.STRONG, function.name));
        text.append(" · ").append(function.language);
        text.append(" · ").append(function.handler);
        text.append(" · ready in ").append(millis).append(" ms\n");
        url("http", function.address);
        line("triggers", String.join(", ", function.triggers));
        line("workers", function.workersText());
        reason(function);
    }

    private void several(List<Shown> functions, long millis) {
        text.append(look.paint(Role.STRONG, "nucleon " + Product.installed().version()));
        text.append(" · ").append(functions.size()).append(" functions");
        text.append(" · ready in ").append(millis).append(" ms\n");
        labelWidth = Math.max(
                LABEL_WIDTH,
                functions.stream().mapToInt(one -> one.name.length()).max().orElse(0) + 1);
        for (Shown function : functions) {
            String place = function.address.isEmpty() ? "" : look.paint(Role.ACCENT, function.address) + " · ";
            String triggers = function.triggers.stream().map(one -> one + " · ").collect(Collectors.joining());
            line(
                    function.name,
                    place + triggers + function.language + " · " + function.handler + " · " + function.workersText());
            reason(function);
        }
    }

    private void reason(Shown function) {
        if (!function.transportReason().isEmpty()) {
            line("", look.paint(Role.WARN, "no shared memory: " + function.transportReason()));
        }
        line("note", function.note);
    }

    private void url(String label, String url) {
        line(label, look.paint(Role.ACCENT, url));
    }

    private void line(String label, String value) {
        if (!value.isEmpty()) {
            text.append(INDENT)
                    .append(look.paint(Role.MUTED, label))
                    .append(" ".repeat(Math.max(1, labelWidth - label.length())))
                    .append(value)
                    .append('\n');
        }
    }
}
