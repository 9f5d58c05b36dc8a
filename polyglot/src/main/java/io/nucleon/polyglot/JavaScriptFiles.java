package io.nucleon.polyglot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.FileSystem;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;

/** The calls behind {@code node:fs}. Each answers {@code {failure, value}}, the failure as {@code CODE words}. Confined to the worker's thread. */
final class JavaScriptFiles {

    private static final int LARGEST = Integer.MAX_VALUE - 16;
    private static final Set<OpenOption> CREATE =
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    private static final Set<OpenOption> APPEND =
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    private static final Set<OpenOption> CREATE_NEW = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

    private final FileSystem files;

    JavaScriptFiles(FileSystem files) {
        this.files = files;
    }

    private interface Call {
        Object on(Value... arguments) throws IOException;
    }

    ProxyObject members() {
        Map<String, Object> members = new HashMap<>();
        members.put("read", call(given -> read(path(given[0]))));
        members.put("stat", call(given -> stat(path(given[0]), given[1].asBoolean())));
        members.put("list", call(given -> list(path(given[0]))));
        members.put("real", call(given -> files.toRealPath(path(given[0])).toString()));
        members.put("write", call(given -> {
            byte[] bytes = new byte[given[4].asInt()];
            given[2].readBuffer(given[3].asInt(), bytes, 0, bytes.length);
            write(path(given[0]), given[1].asString(), ByteBuffer.wrap(bytes));
            return null;
        }));
        members.put("makeFolder", call(given -> {
            makeFolder(path(given[0]), given[1].asBoolean());
            return null;
        }));
        members.put("remove", call(given -> {
            remove(path(given[0]), given[1].asBoolean());
            return null;
        }));
        members.put("move", call(given -> {
            files.move(path(given[0]), path(given[1]), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            return null;
        }));
        return ProxyObject.fromMap(members);
    }

    private static ProxyExecutable call(Call call) {
        return arguments -> {
            Map<String, Object> answer = new HashMap<>();
            try {
                answer.put("failure", "");
                answer.put("value", call.on(arguments));
            } catch (IOException | SecurityException | IllegalArgumentException e) {
                answer.put("failure", words(e));
            }
            return ProxyObject.fromMap(answer);
        };
    }

    private static String words(Exception failure) {
        return switch (failure) {
            case NoSuchFileException e -> "ENOENT no such file or directory";
            case FileAlreadyExistsException e -> "EEXIST file already exists";
            case DirectoryNotEmptyException e -> "ENOTEMPTY directory not empty";
            case NotDirectoryException e -> "ENOTDIR not a directory";
            case AccessDeniedException e -> "EACCES permission denied";
            case SecurityException e -> "EACCES permission denied by runtimeAttributes.polyglot.files";
            case IllegalArgumentException e -> "EINVAL not a path";
            default ->
                String.valueOf(failure.getMessage()).contains("Is a directory")
                        ? "EISDIR illegal operation on a directory"
                        : "EIO " + failure.getMessage();
        };
    }

    private Path path(Value given) {
        return files.toAbsolutePath(files.parsePath(given.asString()));
    }

    private ByteBuffer read(Path file) throws IOException {
        try (SeekableByteChannel channel = files.newByteChannel(file, Set.of(StandardOpenOption.READ))) {
            if (channel.size() > LARGEST) {
                throw new IOException("the file is too large for one buffer");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // more of it
            }
            return bytes.flip().slice();
        }
    }

    private ProxyArray stat(Path file, boolean follows) throws IOException {
        LinkOption[] links = follows ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
        Map<String, Object> found =
                files.readAttributes(file, "isDirectory,isSymbolicLink,size,lastModifiedTime", links);
        String kind = Boolean.TRUE.equals(found.get("isDirectory"))
                ? "directory"
                : Boolean.TRUE.equals(found.get("isSymbolicLink")) ? "link" : "file";
        double millis = ((FileTime) found.get("lastModifiedTime")).toMillis();
        return ProxyArray.fromArray(kind, ((Number) found.get("size")).doubleValue(), millis);
    }

    private ProxyArray list(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = files.newDirectoryStream(folder, all -> true)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        }
        return ProxyArray.fromArray(names.stream().sorted().toArray());
    }

    private void write(Path file, String flag, ByteBuffer bytes) throws IOException {
        Set<OpenOption> options = switch (flag) {
            case "a", "a+" -> APPEND;
            case "wx" -> CREATE_NEW;
            default -> CREATE;
        };
        try (SeekableByteChannel channel = files.newByteChannel(file, options)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private void makeFolder(Path folder, boolean withParents) throws IOException {
        Path parent = folder.getParent();
        if (withParents && parent != null && !isFolder(parent)) {
            makeFolder(parent, true);
        }
        if (!withParents || !isFolder(folder)) {
            files.createDirectory(folder);
        }
    }

    private boolean isFolder(Path path) {
        try {
            return Boolean.TRUE.equals(files.readAttributes(path, "isDirectory").get("isDirectory"));
        } catch (IOException notThere) {
            return false;
        }
    }

    private void remove(Path path, boolean withContents) throws IOException {
        if (withContents && isFolder(path)) {
            try (DirectoryStream<Path> entries = files.newDirectoryStream(path, all -> true)) {
                for (Path entry : entries) {
                    remove(entry, true);
                }
            }
        }
        files.delete(path);
    }
}
