package io.nucleon.builder;

import io.nucleon.builder.source.CodeTree;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Folders that builds share, each under a key that says all that it was made of. Safe for many threads and processes: a folder is put there whole or not at all. */
record Cache(Path folder) {

    /** Makes a folder's content. */
    interface Maker {
        void make(Path folder) throws IOException;
    }

    /**
     * The folder of a key.
     *
     * @param made what was found or made
     * @param found whether it was there
     */
    record Entry(Path made, boolean found) {}

    Entry get(String kind, String key, boolean fresh, Maker maker) throws IOException {
        Path place = folder.resolve(kind).resolve(key.replace("sha256:", ""));
        Optional<Path> there = Optional.of(place).filter(Files::isDirectory).filter(path -> !fresh);
        if (there.isPresent()) {
            return new Entry(place, true);
        }
        Files.createDirectories(place.getParent());
        Path made = Files.createTempDirectory(place.getParent(), ".new-");
        try {
            maker.make(made);
            if (fresh) {
                CodeTree.remove(place);
            }
            Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException | AtomicMoveNotSupportedException e) {
            // Another build was first, with the same.
            CodeTree.remove(made);
        } catch (IOException | RuntimeException e) {
            CodeTree.remove(made);
            throw e;
        }
        return new Entry(place, false);
    }
}
