package io.nucleon.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A folder of segments as the disk has it. Any thread. */
final class SegmentFolder {

    private SegmentFolder() {}

    /** Whether there is something in a folder that a store would find. */
    static boolean isUsed(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Segment.number(file.getFileName().toString()) >= 0) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return true; // whoever opens it then hears why it can't be read
        }
    }

    /** The segments of a folder, oldest first. */
    static List<Segment> list(Path folder) throws IOException {
        List<Segment> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                int number = Segment.number(file.getFileName().toString());
                if (number >= 0) {
                    found.add(Segment.found(folder, number));
                }
            }
        }
        found.sort(Comparator.comparingInt(Segment::number));
        return found;
    }
}
