package io.nucleon.app;

import io.nucleon.admin.AdminServer;
import io.nucleon.admin.FunctionPages;
import io.nucleon.admin.HealthPages;
import io.nucleon.admin.LogPages;
import io.nucleon.admin.LogTail;
import io.nucleon.admin.MetricsPages;
import io.nucleon.admin.Pages;
import io.nucleon.admin.TriggerPages;
import io.nucleon.host.HostUrls;
import io.nucleon.spec.platform.Listener;
import io.nucleon.spec.platform.PlatformConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The servers for operators of one host: health, web admin, metrics. Closed once, by the thread that stops the host. */
final class AdminServers implements AutoCloseable {

    /** nuclio's port for events. */
    private static final int HTTP_PORT = 8080;

    /** nuclio's port for Prometheus. */
    private static final int METRICS_PORT = 8090;

    /** {@code -Dnucleon.ports=any}: for a run that must not take the ports of one that starts beside it. */
    private static final boolean ANY_PORTS = "any".equals(System.getProperty("nucleon.ports"));

    private final List<AdminServer> servers = new ArrayList<>();
    private final boolean anyPorts;

    private AdminServers(boolean anyPorts) {
        this.anyPorts = anyPorts;
    }

    /**
     * Starts them as {@code run} does: on loopback, elsewhere if a port is taken.
     *
     * @param tail what {@code nucleon logs} shows
     * @param anyPorts whether nuclio's ports are left for others
     * @return the servers; they end with {@link #close()}
     */
    static AdminServers forRun(Host host, LogTail tail, boolean anyPorts) {
        AdminServers all = new AdminServers(anyPorts || ANY_PORTS);
        all.start(
                "health",
                all.loopback(PlatformConfig.HEALTH_PORT),
                true,
                new HealthPages(host, host.heartbeat()::problem));
        all.start("the web admin", all.loopback(PlatformConfig.WEB_ADMIN_PORT), true, new LogPages(tail, pages(host)));
        all.start("metrics", all.loopback(METRICS_PORT), true, new MetricsPages(host));
        return all;
    }

    /** Starts those that the platform asks for, before the function: probes are answered from the first moment. */
    static AdminServers forProcessor(Host host, PlatformConfig platform, List<InetSocketAddress> metrics) {
        AdminServers all = new AdminServers(false);
        all.start("health", platform.healthCheck(), new HealthPages(host, host.heartbeat()::problem));
        all.start("the web admin", platform.webAdmin(), pages(host));
        if (!host.hasHttpTrigger()) {
            // as nuclio: whoever watches the function asks there, whatever it listens to
            all.start("health", new InetSocketAddress(HTTP_PORT), false, HealthPages.withoutHttpTrigger());
        }
        metrics.forEach(address -> all.start("metrics", address, false, new MetricsPages(host)));
        return all;
    }

    private static Pages pages(Host host) {
        return new FunctionPages(host, new TriggerPages(host));
    }

    private void start(String what, Listener listener, Pages pages) {
        if (listener.enabled()) {
            start(what, Addresses.socket(listener.address()), false, pages);
        }
    }

    private void start(String what, InetSocketAddress address, boolean elsewhere, Pages pages) {
        try {
            servers.add(AdminServer.start(what, address, elsewhere, pages));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), anyPorts ? 0 : port);
    }

    /** Where those of {@code run} are asked. */
    HostUrls urls() {
        return new HostUrls(url(1), url(0), url(2));
    }

    /** What is asked where, for logs. */
    String describe() {
        return servers.stream()
                .map(server -> server.what() + " at port " + server.address().getPort())
                .collect(Collectors.joining(", "));
    }

    private String url(int index) {
        return "http://127.0.0.1:" + servers.get(index).address().getPort();
    }

    boolean hasMoved() {
        return anyPorts || servers.stream().anyMatch(AdminServer::hasMoved);
    }

    @Override
    public void close() {
        servers.forEach(AdminServer::close);
        servers.clear();
    }
}
