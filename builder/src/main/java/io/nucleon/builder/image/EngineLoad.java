package io.nucleon.builder.image;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Gives an image to the machine's Docker without the layers that this has: of a function that was only edited one of a few KB is new. Since
 * 1.10 Docker takes a tar that lacks layers if an image there begins with the same ones; engines that keep images in containerd don't,
 * and get the whole. Confined to one thread.
 */
final class EngineLoad {
    private final DockerCommand docker;
    private final Consumer<String> log;

    EngineLoad(DockerCommand docker, Consumer<String> log) {
        this.docker = docker;
        this.log = log;
    }

    /**
     * Loads it.
     *
     * @param base where it stands on an image of that engine, its name; else empty
     * @param tar a file that is not there yet
     * @throws io.nucleon.error.NucleonException NUC-6008 if it isn't taken
     */
    void load(DockerImage image, String base, Path tar) throws IOException {
        Set<String> there = there(image.layers(), docker.layers("io.nucleon.function", base));
        if (!there.isEmpty()) {
            image.write(tar, file -> !there.contains(file));
            if (docker.takes(tar)) {
                return;
            }
            log.accept("the engine wants all layers");
            Files.delete(tar);
        }
        image.write(tar, file -> true);
        docker.load(tar);
    }

    /** The files of its lowest layers that are the lowest ones of an image there. */
    private static Set<String> there(List<DockerImage.Layer> layers, List<String> images) {
        int most = 0;
        for (String image : images) {
            List<String> digests = digests(image);
            int same = 0;
            while (same < Math.min(layers.size(), digests.size())
                    && layers.get(same).digest().equals(digests.get(same))) {
                same++;
            }
            most = Math.max(most, same);
        }
        Set<String> files = new HashSet<>();
        layers.subList(0, most).forEach(layer -> files.add(layer.file()));
        // The same layer once more, above those, is asked for again.
        layers.subList(most, layers.size()).forEach(layer -> files.remove(layer.file()));
        return files;
    }

    private static List<String> digests(String array) {
        List<String> digests = new ArrayList<>();
        try {
            new ObjectMapper().readTree(array).forEach(digest -> digests.add(digest.asText()));
        } catch (JacksonException e) {
            // It is no list: then nothing is known of that image.
            digests.clear();
        }
        return digests;
    }
}
