package io.nucleon.app;

import io.nucleon.spec.trigger.ListenAddress;
import java.net.InetSocketAddress;

/** Addresses between Go's notation and Java's. Stateless. */
final class Addresses {

    private Addresses() {}

    /** An empty host means all interfaces. */
    static InetSocketAddress socket(ListenAddress address) {
        return address.host().isEmpty()
                ? new InetSocketAddress(address.port())
                : new InetSocketAddress(address.host(), address.port());
    }
}
