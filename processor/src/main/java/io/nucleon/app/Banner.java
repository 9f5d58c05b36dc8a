package io.nucleon.app;

import io.nucleon.command.Product;
import io.nucleon.runtime.WorkerSnapshot;
import io.nucleon.transport.shm.SegmentLayout;
import java.net.InetSocketAddress;
import java.util.List;

/** What {@code run} says when a function is ready: only what matters. */
final class Banner {

    private Banner() {}

    static String of(HostedFunction function, AdminServers servers, long millis) {
        Plan plan = function.plan();
        StringBuilder text = new StringBuilder();
        text.append("nucleon ").append(Product.installed().version());
        text.append(" · ").append(plan.name());
        text.append(" · ").append(function.language());
        text.append(" · ").append(plan.config().spec().handler());
        text.append(" · ready in ").append(millis).append(" ms\n");
        line(text, "http", function.address());
        line(text, "workers", workers(function));
        if (servers.hasMoved()) {
            List<InetSocketAddress> addresses = servers.addresses();
            line(text, "health", "http://127.0.0.1:" + addresses.get(0).getPort() + "/ready");
            line(text, "admin", "http://127.0.0.1:" + addresses.get(1).getPort() + "/triggers");
            line(text, "metrics", "http://127.0.0.1:" + addresses.get(2).getPort() + "/metrics");
        }
        line(text, "stop", "Ctrl-C drains and stops");
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append("  ")
                    .append(name)
                    .append(" ".repeat(Math.max(1, 11 - name.length())))
                    .append(value)
                    .append('\n');
        }
    }

    private static String workers(HostedFunction function) {
        List<WorkerSnapshot> workers = function.workers();
        if (workers.isEmpty()) {
            return "";
        }
        WorkerSnapshot first = workers.getFirst();
        if (first.pid() == 0) {
            return workers.size() + " in this process";
        }
        String processes = workers.size() + (workers.size() == 1 ? " process" : " processes");
        if (first.transport().equals("shm")) {
            return processes + " · shared memory " + workers.size() + " × " + (SegmentLayout.STANDARD.size() >> 20)
                    + " MiB";
        }
        return processes + " · unix socket"
                + (first.transportReason().isEmpty() ? "" : " (no shared memory: " + first.transportReason() + ")");
    }
}
