package io.nucleon.polyglot;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.io.FileSystem;

/**
 * The files that a context sees: those of its function's folder as the setting grants, and to read those of its wrapper. Everything else is
 * refused, whether it is there or not. Links are followed before the question is put, so one that leads out leads nowhere. Safe for many
 * threads.
 */
final class ConfinedFiles implements FileSystem {

    private static final Set<OpenOption> READING = Set.of(StandardOpenOption.READ);

    private final FileSystem real = FileSystem.newDefaultFileSystem();
    private final Path function;
    private final List<Path> readable;
    private final boolean writable;

    private ConfinedFiles(Path function, List<Path> readable, boolean writable) {
        this.function = function;
        this.readable = readable;
        this.writable = writable;
    }

    static ConfinedFiles of(GuestSetting setting) {
        Path directory = real(setting.directory());
        Path wrapper = real(
                setting.home().resolve("wrappers").resolve(setting.language().wrapper()));
        boolean reads = setting.files() != GuestSetting.Files.NONE;
        return new ConfinedFiles(
                directory,
                reads ? List.of(directory, wrapper) : List.of(wrapper),
                setting.files() == GuestSetting.Files.RW);
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    /** The place that the path leads to, if it may be read. */
    private Path read(Path path, LinkOption... links) {
        Path place = place(path, links);
        if (readable.stream().noneMatch(place::startsWith)) {
            throw new SecurityException(path + " is outside of what this function may read");
        }
        return place;
    }

    private Path write(Path path, LinkOption... links) {
        Path place = place(path, links);
        if (!writable || !place.startsWith(function) || place.equals(function)) {
            throw new SecurityException(path + " is outside of what this function may write");
        }
        return place;
    }

    /** Absolute, with every link resolved as far as the path exists. */
    private Path place(Path path, LinkOption... links) {
        Path absolute = real.toAbsolutePath(path).normalize();
        Path last = absolute.getFileName();
        if (links.length > 0 && last != null) {
            return existing(absolute.getParent()).resolve(last);
        }
        return existing(absolute);
    }

    private static Path existing(Path absolute) {
        Path there = absolute;
        while (there.getParent() != null) {
            try {
                return there.toRealPath().resolve(there.relativize(absolute)).normalize();
            } catch (IOException notThere) {
                if (java.nio.file.Files.isSymbolicLink(there)) {
                    // A link to nothing: writing through it would make what it names.
                    throw new SecurityException(absolute + " leads through a broken link");
                }
                there = there.getParent();
            }
        }
        return absolute;
    }

    @Override
    public Path parsePath(URI uri) {
        return real.parsePath(uri);
    }

    @Override
    public Path parsePath(String path) {
        return real.parsePath(path);
    }

    @Override
    public void checkAccess(Path path, Set<? extends AccessMode> modes, LinkOption... links) throws IOException {
        Path place = modes.contains(AccessMode.WRITE) ? write(path, links) : read(path, links);
        real.checkAccess(place, modes, links);
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        real.createDirectory(write(folder), attributes);
    }

    @Override
    public void delete(Path path) throws IOException {
        real.delete(write(path, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        boolean reads = options.isEmpty() || READING.containsAll(options);
        return real.newByteChannel(reads ? read(path) : write(path), options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        return real.newDirectoryStream(read(folder), filter);
    }

    @Override
    public void move(Path from, Path to, CopyOption... options) throws IOException {
        real.move(write(from, LinkOption.NOFOLLOW_LINKS), write(to, LinkOption.NOFOLLOW_LINKS), options);
    }

    @Override
    public void copy(Path from, Path to, CopyOption... options) throws IOException {
        real.copy(read(from), write(to), options);
    }

    @Override
    public Path toAbsolutePath(Path path) {
        return real.toAbsolutePath(path);
    }

    @Override
    public Path toRealPath(Path path, LinkOption... links) throws IOException {
        return real.toRealPath(read(path, links), links);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... links) throws IOException {
        return real.readAttributes(read(path, links), attributes, links);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... links) throws IOException {
        real.setAttribute(write(path, links), attribute, value, links);
    }

    @Override
    public void setCurrentWorkingDirectory(Path directory) {
        real.setCurrentWorkingDirectory(directory);
    }
}
