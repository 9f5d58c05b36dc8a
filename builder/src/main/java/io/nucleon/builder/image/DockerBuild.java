package io.nucleon.builder.image;

import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import io.nucleon.builder.source.CodeLimits;
import io.nucleon.builder.source.CodeTree;
import io.nucleon.spec.Build;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An image that needs commands, built by the machine's Docker out of a folder with a generated Dockerfile, as nuclio does. Confined to one
 * thread.
 */
final class DockerBuild {
    private static final String FILE = "Dockerfile.processor";

    private static final CodeLimits ANY =
            new CodeLimits(Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);

    /** Flags of {@code docker build} that reach nothing of this machine; {@code --secret}, {@code --ssh} and others would. */
    private static final Set<String> FLAGS = Set.of(
            "--add-host",
            "--cpu-period",
            "--cpu-quota",
            "--cpu-shares",
            "--cpuset-cpus",
            "--force-rm",
            "--label",
            "--memory",
            "--no-cache",
            "--progress",
            "--pull",
            "--shm-size",
            "--ulimit");

    private final DockerCommand docker;
    private final ImagePlan plan;
    private final String architecture;

    DockerBuild(DockerCommand docker, ImagePlan plan, String architecture) {
        this.docker = docker;
        this.plan = plan;
        this.architecture = architecture;
    }

    /**
     * Builds it under the plan's name.
     *
     * @param work a private folder with room for the image
     * @return what Docker calls it: the digest of its configuration
     * @throws io.nucleon.error.NucleonException NUC-6011 if a command fails or is refused
     */
    String run(Path work) throws IOException {
        String base = base();
        List<FileEntriesLayer> layers = new ImageLayers(plan, new MadeFiles(work.resolve("made"))).list();
        Path staging = Files.createDirectory(work.resolve("staging"));
        for (FileEntriesLayer layer : layers) {
            lay(layer, Files.createDirectory(staging.resolve(layer.getName())));
        }
        // What a function's own instructions may copy; its configuration may hold secrets.
        Path handler = Files.createDirectory(staging.resolve(Dockerfile.HANDLER));
        CodeTree.copy(plan.folders().function(), handler, ANY);
        Files.deleteIfExists(handler.resolve("function.yaml"));
        open(staging);
        Files.writeString(
                staging.resolve(FILE),
                Dockerfile.of(
                        plan,
                        base,
                        layers.stream().map(FileEntriesLayer::getName).toList(),
                        architecture));
        Path id = work.resolve("id");
        docker.build(staging, words(id));
        return Files.readString(id).strip();
    }

    private String base() {
        return switch (plan.base()) {
            case Base.Scratch ignored -> "scratch";
            case Base.Tar tar -> docker.load(tar.file());
            case Base.Docker here -> here.image();
            case Base.Named named -> named.image();
        };
    }

    private List<String> words(Path id) {
        Build build = plan.config().spec().build();
        List<String> words = new ArrayList<>(
                List.of("--force-rm", "--tag", plan.name(), "--file", FILE, "--iidfile", id.toString()));
        if (build.noCache()) {
            words.add("--no-cache");
        }
        if (plan.base() instanceof Base.Named && !build.images().noBaseImagesPull() && !build.offline()) {
            words.add("--pull");
        }
        for (String flag : build.flags()) {
            if (!FLAGS.contains(flag.replaceFirst("[= ].*", ""))) {
                throw Dockerfile.refused(
                        "spec.build.flags", flag, "it may reach files of this machine; allowed are " + allowed());
            }
            words.addAll(List.of(flag.split(" ", 2)));
        }
        for (String argument : Dockerfile.arguments(plan, architecture)) {
            words.addAll(List.of("--build-arg", argument));
        }
        words.add(".");
        return words;
    }

    private static String allowed() {
        return String.join(", ", FLAGS.stream().sorted().toList());
    }

    private static void lay(FileEntriesLayer layer, Path top) throws IOException {
        for (FileEntry entry : layer.getEntries()) {
            Path place = top.resolve(entry.getExtractionPath().toString().substring(1));
            if (Files.isDirectory(entry.getSourceFile())) {
                Files.createDirectories(place);
            } else {
                Files.createDirectories(place.getParent());
                Files.copy(entry.getSourceFile(), place, StandardCopyOption.REPLACE_EXISTING);
                // Docker keeps times, and an AOT cache is for jars of one time.
                Files.setLastModifiedTime(place, FileTime.from(ImagePlan.TIME));
                Files.setPosixFilePermissions(
                        place,
                        PosixFilePermissions.fromString(
                                (entry.getPermissions().getPermissionBits() & 0100) == 0 ? "rw-r--r--" : "rwxr-xr-x"));
            }
        }
    }

    /** Folders as in layers: everybody may look in, whatever this process gives to new ones. */
    private static void open(Path top) throws IOException {
        try (Stream<Path> paths = Files.walk(top)) {
            for (Path folder : paths.filter(Files::isDirectory).toList()) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }
}
