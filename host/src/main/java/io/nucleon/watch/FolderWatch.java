package io.nucleon.watch;

import java.nio.file.Path;

/** Asked to watch folders. */
interface FolderWatch {

    /**
     * Watches what lies in a folder, not below.
     *
     * @param name of the one entry that matters; null for all of them
     */
    void watch(Path folder, Path name);
}
