package io.nucleon.platform;

import io.nucleon.host.UserFolders;
import java.io.IOException;
import java.nio.file.Path;

/** Names folders for builds. Stateless. */
public final class BuildFolder {
    private BuildFolder() {}

    /**
     * One for this process and thread, which is not there yet; two of them build side by side.
     *
     * @param state the user's folder of what outlives a restart
     */
    public static Path in(Path state, String function) throws IOException {
        Path builds = state.resolve("builds");
        UserFolders.makePrivate(builds);
        return builds.resolve(function + "-" + ProcessHandle.current().pid() + "-"
                + Thread.currentThread().threadId());
    }
}
