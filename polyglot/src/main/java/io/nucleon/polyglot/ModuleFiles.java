package io.nucleon.polyglot;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryStream;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.io.FileSystem;

/**
 * What JavaScript's {@code import} reads: the files of a context, found as Node.js finds them, and modules that no file has, which stand for
 * those of Node.js and for CommonJS ones. Nothing can be written here. Confined to the worker's thread.
 *
 * <p>The engine asks for a path by a module's name alone; that of the module that imports it is what it asked for just before.
 */
final class ModuleFiles implements FileSystem {

    /** Modules that no file has; the part below is their name, with {@link #END}. */
    static final Path MADE = Path.of("/.nucleon/modules");

    private static final String END = ".mjs";
    private static final String NODE = "node";

    private final ConfinedFiles files;
    private Finder finder;
    private Path importer;

    ModuleFiles(ConfinedFiles files) {
        this.files = files;
    }

    /** Where modules are; code of the context, so it may be asked only while that runs. */
    interface Finder {

        /** The file that stands for what {@code importer} imports by a name that is no path, or for a file by its absolute path. */
        String place(String name, String importer);

        /** The text of a module that no file has. */
        String text(String name);
    }

    /** Until it is called modules are files and nothing else. */
    void findBy(Finder given) {
        finder = given;
    }

    @Override
    public Path parsePath(URI uri) {
        if (finder != null && NODE.equals(uri.getScheme())) {
            return Path.of(finder.place(uri.toString(), ""));
        }
        return files.parsePath(uri);
    }

    @Override
    public Path parsePath(String text) {
        Path path = files.parsePath(text);
        if (path.isAbsolute()) {
            importer = path;
            return path;
        }
        boolean isName = finder != null && !text.isEmpty() && !text.startsWith(".");
        return isName ? Path.of(finder.place(text, importer == null ? "" : importer.toString())) : path;
    }

    @Override
    public Path toRealPath(Path path, LinkOption... links) throws IOException {
        if (isMade(path)) {
            return path;
        }
        Path real = files.toRealPath(path, links);
        return finder == null ? real : Path.of(finder.place(real.toString(), ""));
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        if (!isMade(path)) {
            return files.newByteChannel(path, options, attributes);
        }
        String name = MADE.relativize(path).toString();
        return new MemoryChannel(finder.text(name.substring(0, name.length() - END.length())));
    }

    @Override
    public void checkAccess(Path path, Set<? extends AccessMode> modes, LinkOption... links) throws IOException {
        if (!isMade(path)) {
            files.checkAccess(path, modes, links);
        }
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... links) throws IOException {
        return files.readAttributes(path, attributes, links);
    }

    private static boolean isMade(Path path) {
        return path.startsWith(MADE);
    }

    @Override
    public Path toAbsolutePath(Path path) {
        return files.toAbsolutePath(path);
    }

    @Override
    public void setCurrentWorkingDirectory(Path directory) {
        files.setCurrentWorkingDirectory(directory);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter) {
        throw new SecurityException(folder + " is not read by import");
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) {
        throw new SecurityException(folder + " is not written by import");
    }

    @Override
    public void delete(Path path) {
        throw new SecurityException(path + " is not written by import");
    }
}
