package io.nucleon.app;

import io.nucleon.chaos.Chaos;
import io.nucleon.invoke.Invoker;
import io.nucleon.journal.JournalSetting;
import io.nucleon.log.Logs;
import io.nucleon.runtime.Platform;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * How a host serves its functions.
 *
 * @param home where Nucleon is unpacked
 * @param platform what functions are told; a front's address is added to it
 * @param front where functions are reached below their names; null for nowhere
 * @param journal where and how each of them keeps its journal
 * @param events what else is done with events
 * @param chaos what goes wrong on purpose; null for nothing. Whoever made it closes it
 */
record HostSetting(
        Path home,
        Logs logs,
        Platform platform,
        Front front,
        Function<Plan, JournalSetting> journal,
        EventSetting events,
        Chaos chaos) {

    /**
     * The address that functions share.
     *
     * @param only whether they have no address of their own
     * @param elsewhere takes events of functions that the host has not; null for nobody: then functions are not told of this address
     */
    record Front(InetSocketAddress address, boolean only, Invoker elsewhere) {

        /** For functions that call each other; any port of this machine, for nobody else. */
        static Front hidden(Invoker elsewhere) {
            return new Front(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), false, elsewhere);
        }

        /** The same for functions that have no address of their own yet. */
        Front alone() {
            return new Front(address, true, elsewhere);
        }
    }
}
