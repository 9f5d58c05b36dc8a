package io.nucleon.builder.source;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files of a function on disk: what of them belongs to it, and that none of them leads out. Stateless. */
public final class CodeTree {

    /** What tools leave beside code, what is made anew where the function runs, and the secrets of {@code .env}. */
    private static final Set<String> NOT_CODE = Set.of(
            ".env",
            ".git",
            ".hg",
            ".svn",
            ".venv",
            "__pycache__",
            ".pytest_cache",
            ".mypy_cache",
            ".idea",
            ".vscode",
            ".nucleon");

    private CodeTree() {}

    /**
     * Copies a folder's code, links as links.
     *
     * @throws io.nucleon.error.NucleonException NUC-6004 if a link leads out of it, if it holds what is no file, or more than the limits
     */
    public static void copy(Path from, Path to, CodeLimits limits) throws IOException {
        CodeLimits.Count count = limits.count(from.toString());
        for (Path path : entries(from)) {
            Path target = to.resolve(from.relativize(path).toString());
            count.file();
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(target);
            } else {
                count.bytes(Files.isSymbolicLink(path) ? 0 : Files.size(path), 0);
                Files.createDirectories(target.getParent());
                Files.copy(
                        path,
                        target,
                        LinkOption.NOFOLLOW_LINKS,
                        StandardCopyOption.COPY_ATTRIBUTES,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Counts a folder's code against the limits and looks at its links, as {@link #copy} does. */
    static void check(Path folder, CodeLimits limits) throws IOException {
        CodeLimits.Count count = limits.count(folder.toString());
        for (Path path : entries(folder)) {
            count.file();
            if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                count.bytes(Files.size(path), 0);
            }
        }
    }

    /**
     * Its folders, files and links, parents first, in one order everywhere.
     *
     * @throws io.nucleon.error.NucleonException NUC-6004 for a link that leads out, and for what is neither file, folder nor link
     */
    public static List<Path> entries(Path folder) throws IOException {
        Path root = folder.toRealPath();
        List<Path> entries = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                if (path.equals(folder)) {
                    return FileVisitResult.CONTINUE;
                }
                if (NOT_CODE.contains(path.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                entries.add(path);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                if (NOT_CODE.contains(path.getFileName().toString())) {
                    return FileVisitResult.CONTINUE;
                }
                if (attributes.isOther()) {
                    throw refused(folder, path, "it is a device, a socket or a pipe, not a file");
                }
                if (attributes.isSymbolicLink()) {
                    checkLink(folder, root, path);
                }
                entries.add(path);
                return FileVisitResult.CONTINUE;
            }
        });
        entries.sort(null);
        return entries;
    }

    /** By what the system makes of it, links behind links and all. */
    private static void checkLink(Path folder, Path root, Path link) {
        try {
            if (Files.readSymbolicLink(link).isAbsolute()) {
                throw refused(folder, link, "it is a link to an absolute path, which is another file elsewhere");
            }
            if (!link.toRealPath().startsWith(root)) {
                throw refused(folder, link, "it is a link that leads out of the function's folder");
            }
        } catch (IOException e) {
            throw refused(folder, link, "it is a link that leads nowhere");
        }
    }

    private static RuntimeException refused(Path folder, Path path, String why) {
        return ErrorMessage.of(
                        ErrorCode.CODE_REFUSED,
                        folder.relativize(path) + " can't be part of a function",
                        why,
                        "remove it, or put the file itself there")
                .toException();
    }

    /** Removes a folder with all in it, links not followed; what is gone already is no error. */
    public static void remove(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(path);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path path, IOException e) throws IOException {
                Files.deleteIfExists(path);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
