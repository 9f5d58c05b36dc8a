package io.nucleon.builder.image;

import com.google.cloud.tools.jib.api.DockerClient;
import com.google.cloud.tools.jib.api.ImageDetails;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.image.ImageTarball;
import io.nucleon.builder.source.Threads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * What jib would give to Docker, taken here instead. Its layers stay in jib's cache until they are asked for: jib reads and hashes all of
 * them then. Confined to one thread once jib has given it.
 */
final class JibImage implements DockerClient {
    private static final String CONFIG = "config.json";
    private static final String MANIFEST = "manifest.json";
    private static final int PIPE_BYTES = 1 << 20;

    private ImageTarball image;

    /**
     * What it tells of itself.
     *
     * @param config how it runs and of which layers it is: JSON
     * @param manifest the names of its layers' files: JSON
     */
    record Told(String config, String manifest) {}

    Told told() throws IOException {
        String[] told = {"", ""};
        read((entry, tar) -> {
            switch (entry.getName()) {
                case CONFIG -> told[0] = new String(tar.readAllBytes(), StandardCharsets.UTF_8);
                case MANIFEST -> told[1] = new String(tar.readAllBytes(), StandardCharsets.UTF_8);
                default -> {
                    // A layer.
                }
            }
        });
        return new Told(told[0], told[1]);
    }

    /** Copies files of layers. */
    void copy(Predicate<String> wanted, TarArchiveOutputStream out) throws IOException {
        read((entry, tar) -> {
            if (wanted.test(entry.getName())) {
                out.putArchiveEntry(entry);
                tar.transferTo(out);
                out.closeArchiveEntry();
            }
        });
    }

    /** Takes a file of the tar; what it doesn't read is passed over. */
    private interface Reader {
        void read(TarArchiveEntry entry, InputStream tar) throws IOException;
    }

    /** Reads what jib writes, which never is on the disk as a whole. */
    private void read(Reader reader) throws IOException {
        CompletableFuture<Void> written = new CompletableFuture<>();
        // Closing it ends a writer too.
        try (var pipe = new PipedInputStream(PIPE_BYTES)) {
            PipedOutputStream end = new PipedOutputStream(pipe);
            Threads.start("image-tar", () -> write(end, written));
            try {
                var tar = new TarArchiveInputStream(pipe);
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    reader.read(entry, tar);
                }
                pipe.transferTo(OutputStream.nullOutputStream());
                written.join();
            } catch (IOException | CompletionException e) {
                throw written.isCompletedExceptionally() ? new IOException(written.exceptionNow()) : new IOException(e);
            }
        }
    }

    private void write(PipedOutputStream end, CompletableFuture<Void> written) {
        try (end) {
            image.writeTo(end);
            written.complete(null);
        } catch (IOException | RuntimeException e) {
            written.completeExceptionally(e);
        }
    }

    @Override
    public boolean supported(Map<String, String> parameters) {
        return true;
    }

    @Override
    public String load(ImageTarball given, Consumer<Long> written) {
        image = given;
        return "";
    }

    @Override
    public void save(ImageReference name, Path to, Consumer<Long> written) {
        throw new UnsupportedOperationException("bases come from elsewhere");
    }

    @Override
    public ImageDetails inspect(ImageReference name) {
        throw new UnsupportedOperationException("bases come from elsewhere");
    }
}
