package io.nucleon.host;

import java.nio.file.Path;

/**
 * A folder of a user's in which the journal of a function is, or was.
 *
 * @param function its name
 * @param path of the folder
 * @param isRun whether it belongs to what {@code nucleon run} serves from one folder, and not to whatever has the name
 */
public record JournalFolder(String function, Path path, boolean isRun) {}
