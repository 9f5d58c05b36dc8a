package io.nucleon.builder.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * An image of Docker's format, put together of two that jib has made: the lower one, base, Java and Nucleon, is the same for all functions
 * of a runtime and is read once; the upper one, of nothing but the function's own layers, is read for each. Confined to one thread.
 */
final class DockerImage {
    private static final String CONFIG = "config.json";

    private final ObjectMapper json = new ObjectMapper();
    private final JibImage lower;
    private final JibImage upper;
    private final String name;
    private final List<Layer> below;
    private final List<Layer> above;
    private final byte[] config;

    /**
     * A layer of it.
     *
     * @param file that it is in the tar
     * @param digest of what it unpacks to, which Docker knows it by: {@code sha256:…}
     */
    record Layer(String file, String digest) {}

    /**
     * What the image has besides layers and what the lower one says.
     *
     * @param name with its tag
     * @param interval between two checks of its health
     */
    record Outside(String name, Map<String, String> labels, Duration interval) {}

    /**
     * Puts it together.
     *
     * @param lowerTold of the lower one
     */
    DockerImage(JibImage lower, JibImage.Told lowerTold, JibImage upper, Outside outside) throws IOException {
        this.lower = lower;
        this.upper = upper;
        this.name = outside.name();
        JibImage.Told upperTold = upper.told();
        this.below = layers(lowerTold);
        this.above = layers(upperTold);
        ObjectNode tree = (ObjectNode) json.readTree(lowerTold.config());
        JsonNode more = json.readTree(upperTold.config());
        ArrayNode digests = tree.withObject("/rootfs").withArray("diff_ids");
        above.forEach(layer -> digests.add(layer.digest()));
        more.path("history").forEach(tree.withArray("history")::add);
        ObjectNode labels = tree.withObject("/config").withObject("/Labels");
        outside.labels().forEach(labels::put);
        HealthCheck.put(tree, outside.interval());
        this.config = json.writeValueAsBytes(tree);
    }

    private List<Layer> layers(JibImage.Told told) throws IOException {
        JsonNode digests = json.readTree(told.config()).path("rootfs").path("diff_ids");
        JsonNode files = json.readTree(told.manifest()).path(0).path("Layers");
        if (files.size() != digests.size()) {
            throw new IOException("an image has " + files.size() + " layers and " + digests.size() + " digests");
        }
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            layers.add(new Layer(files.path(i).asText(), digests.path(i).asText()));
        }
        return layers;
    }

    /** What Docker will call it: the digest of its configuration, {@code sha256:…}. */
    String id() {
        return "sha256:" + MadeFiles.sha256(config);
    }

    /** The lowest first. */
    List<Layer> layers() {
        return Stream.concat(below.stream(), above.stream()).toList();
    }

    /**
     * Writes it as {@code docker save} would.
     *
     * @param wanted which of its layers' files are to be there
     */
    void write(Path to, Predicate<String> wanted) throws IOException {
        try (var out = new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(to)))) {
            out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            copy(lower, below, wanted, out);
            copy(upper, above, wanted, out);
            add(out, CONFIG, config);
            ObjectNode manifest = json.createObjectNode().put("Config", CONFIG);
            manifest.putArray("RepoTags").add(name);
            ArrayNode files = manifest.putArray("Layers");
            layers().forEach(layer -> files.add(layer.file()));
            add(
                    out,
                    "manifest.json",
                    json.writeValueAsBytes(json.createArrayNode().add(manifest)));
        }
    }

    /** Nothing is read where nothing is wanted. */
    private static void copy(JibImage part, List<Layer> layers, Predicate<String> wanted, TarArchiveOutputStream out)
            throws IOException {
        Set<String> files = layers.stream().map(Layer::file).filter(wanted).collect(Collectors.toSet());
        if (!files.isEmpty()) {
            part.copy(files::remove, out);
        }
    }

    private static void add(TarArchiveOutputStream out, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setModTime(FileTime.from(ImagePlan.TIME));
        entry.setSize(content.length);
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
    }
}
