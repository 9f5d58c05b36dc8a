package io.nucleon.watch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One look at files and folders: which files there are, and where the kernel is to be asked about changes. Links are followed; a folder that
 * is reached twice is looked into once. Confined to one thread.
 */
final class FileLook {

    /** More are data, not code; a look at so many takes about 100 ms. */
    static final int MOST_FILES = 20_000;

    private static final int MOST_LINKS = 16;

    private final Ignored ignored;
    private final FolderWatch folders;
    private final Map<Path, Stamp> files = new TreeMap<>();
    private final Set<Object> seen = new HashSet<>();
    private Path root;

    private FileLook(Ignored ignored, FolderWatch folders) {
        this.ignored = ignored;
        this.folders = folders;
    }

    /**
     * Every file at and below these paths. One that is not there is no file; that it comes into being will be noticed.
     *
     * @param folders asked to watch each folder before it is listed, so that nothing is missed in between
     */
    static Map<Path, Stamp> at(Collection<Path> paths, Ignored ignored, FolderWatch folders) {
        FileLook look = new FileLook(ignored, folders);
        for (Path path : paths) {
            look.root(path);
        }
        return look.files;
    }

    private void root(Path path) {
        root = path;
        // A folder above may be a link that is turned to the next release.
        for (Path part = path; part != null && part.getParent() != null; part = part.getParent()) {
            if (part.equals(path) || Files.isSymbolicLink(part)) {
                folders.watch(part.getParent(), part.getFileName());
            }
        }
        visit(path, true);
    }

    private void visit(Path path, boolean named) {
        if (files.size() >= MOST_FILES) {
            return;
        }
        try {
            if (Files.isSymbolicLink(path)) {
                hops(path);
            }
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                folder(path, attributes, named);
            } else if (attributes.isRegularFile() && (named || !ignored.file(relative(path)))) {
                files.put(path, Stamp.of(attributes));
            }
        } catch (IOException e) {
            // it is not there (any more), or not ours to read: then it is no part of the function
        }
    }

    private Path relative(Path path) {
        return path.equals(root) ? path.getFileName() : root.relativize(path);
    }

    /** Each link on the way may be turned, and what the last one points to may be saved. */
    private void hops(Path path) throws IOException {
        Path at = path;
        for (int i = 0; i < MOST_LINKS && Files.isSymbolicLink(at); i++) {
            at = at.resolveSibling(Files.readSymbolicLink(at)).toAbsolutePath().normalize();
            if (at.getParent() != null) {
                folders.watch(at.getParent(), at.getFileName());
            }
        }
    }

    private void folder(Path path, BasicFileAttributes attributes, boolean named) throws IOException {
        Object identity = attributes.fileKey() == null ? path.toRealPath() : attributes.fileKey();
        if ((!named && ignored.folder(relative(path))) || !seen.add(identity)) {
            return;
        }
        folders.watch(path, null);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                visit(entry, false);
            }
        }
    }
}
