package io.nucleon.platform.local;

import io.nucleon.host.UserFolders;
import java.nio.file.Path;

/**
 * Where the local platform keeps its things.
 *
 * @param state what outlives a restart of the machine: {@code functions/NAME}
 * @param runtime what doesn't: the daemon's socket and locks
 */
record Folders(Path state, Path runtime) {

    static Folders of(UserFolders user) {
        return new Folders(user.state(), user.runtime());
    }

    Path functions() {
        return state.resolve("functions");
    }

    Path control() {
        return runtime.resolve("platform/control");
    }

    Path lock() {
        return runtime.resolve("platform/daemon.lock");
    }

    /** Held by the command that starts a daemon, so that two don't. */
    Path startLock() {
        return runtime.resolve("platform/start.lock");
    }

    Path journal(String function) {
        return new UserFolders(state, runtime).journal(function);
    }
}
