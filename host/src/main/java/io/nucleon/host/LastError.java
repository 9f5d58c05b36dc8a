package io.nucleon.host;

import io.nucleon.error.ErrorMessage;
import io.nucleon.error.MessageText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The last error that a command of this user ended with, for {@code nucleon explain last}. Safe for many threads and processes. */
public final class LastError {
    /** A message with the longest detail that is kept; what is longer was not written by us. */
    private static final long LARGEST_BYTES = 1024 * 1024;

    private final Path file;

    /** The one in the given folders. */
    public LastError(UserFolders folders) {
        this.file = folders.state().resolve("last-error.json");
    }

    /** Remembers an error. A state folder that can't be written is no reason to say more than the error itself. */
    public void remember(ErrorMessage message) {
        try {
            UserFolders.write(file, MessageText.json(message) + "\n");
        } catch (IOException e) {
            return;
        }
    }

    /** The error, if there is one that can be read. */
    public Optional<ErrorMessage> recall() {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= LARGEST_BYTES
                    ? ErrorJson.read(Files.readString(file))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
