package io.nucleon.builder.image;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The layers above the base, from what changes with a JDK to what changes with each save: java, nucleon, dependencies, code. Owners and
 * times are the same in every build. Behind them, where it is asked for, the AOT cache, which alone is not. Confined to one thread.
 */
final class ImageLayers {
    private static final FilePermissions FILE = FilePermissions.fromOctalString("644");
    private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");

    /** Jars that processors never load, and what belongs to the machine that they lie on. */
    private static final Set<String> NOT_SHIPPED = Set.of("builder", "polyglot");

    /** How many of them are the same for all functions of a runtime: the first ones. */
    static final int LOWER = 2;

    private static final String DEPENDENCIES = "dependencies";
    private static final String AOT = "aot";

    private final ImagePlan plan;
    private final MadeFiles made;

    /** @param made for files that are made for the image */
    ImageLayers(ImagePlan plan, MadeFiles made) {
        this.plan = plan;
        this.made = made;
    }

    /** The layers' names in their order. */
    static List<String> names(ImagePlan plan) {
        List<String> names = new ArrayList<>(List.of("java", "nucleon"));
        if (plan.folders().dependencies() != null) {
            names.add(DEPENDENCIES);
        }
        names.add("code");
        if (plan.folders().aot() != null) {
            names.add(AOT);
        }
        return names;
    }

    List<FileEntriesLayer> list() throws IOException {
        List<FileEntriesLayer> layers = new ArrayList<>();
        for (String name : names(plan)) {
            layers.add(
                    switch (name) {
                        case "java" -> java();
                        case "nucleon" -> nucleon();
                        case DEPENDENCIES -> dependencies();
                        case AOT -> aot();
                        default -> code();
                    });
        }
        return layers;
    }

    private FileEntriesLayer java() throws IOException {
        var layer = FileEntriesLayer.builder().setName("java");
        addTree(layer, plan.folders().java(), ImagePlan.HOME + "/jre", Set.of());
        return layer.build();
    }

    private FileEntriesLayer nucleon() throws IOException {
        var layer = FileEntriesLayer.builder().setName("nucleon");
        Path home = plan.folders().nucleon();
        addJars(layer, home.resolve("lib"), ImagePlan.HOME + "/lib");
        addNatives(layer, home.resolve("lib"));
        boolean graal = plan.config().spec().runtime().name().startsWith("graal");
        if (graal) {
            addTree(layer, home.resolve("lib/polyglot"), ImagePlan.HOME + "/lib/polyglot", Set.of());
        }
        addTree(
                layer,
                home.resolve("wrappers"),
                ImagePlan.HOME + "/wrappers",
                Set.of("__pycache__", "tests", "checker", "bench", "target"));
        addTree(layer, home.resolve("triggers"), ImagePlan.HOME + "/triggers", Set.of());
        addMade(layer, ImageScripts.processor(), "/usr/local/bin/processor", PROGRAM);
        addMade(layer, ImageScripts.healthClient(), "/usr/local/bin/uhttpc", PROGRAM);
        return layer.build();
    }

    private void addJars(FileEntriesLayer.Builder layer, Path lib, String to) throws IOException {
        for (Path file : files(lib)) {
            String name = file.getFileName().toString();
            if ((name.endsWith(".jar") || name.equals("jvm.options")) && !NOT_SHIPPED.contains(name)) {
                add(layer, file, to + "/" + name);
            }
        }
    }

    /** Without what is in folders of it, which belongs to commands and plug-ins. */
    private static List<Path> files(Path lib) throws IOException {
        try (Stream<Path> files = Files.list(lib)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Netty would unpack them to {@code /tmp}, from where nothing may be run in a container whose own files are read-only. */
    private void addNatives(FileEntriesLayer.Builder layer, Path lib) throws IOException {
        Pattern library = Pattern.compile("META-INF/native/(lib[\\w-]+\\.so)");
        for (Path jar : files(lib)) {
            if (!jar.getFileName().toString().matches("netty-transport-native-.+\\.jar")) {
                continue;
            }
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                for (ZipEntry entry : Collections.list(zip.entries())) {
                    Matcher name = library.matcher(entry.getName());
                    if (name.matches()) {
                        layer.addEntry(
                                made.of(zip.getInputStream(entry).readAllBytes()),
                                AbsoluteUnixPath.get(ImagePlan.NATIVE + "/" + name.group(1)),
                                PROGRAM,
                                ImagePlan.TIME);
                    }
                }
            }
        }
    }

    private FileEntriesLayer aot() throws IOException {
        var layer = FileEntriesLayer.builder().setName(AOT);
        add(layer, plan.folders().aot(), ImagePlan.HOME + "/lib/processor.aot");
        return layer.build();
    }

    private FileEntriesLayer dependencies() throws IOException {
        var layer = FileEntriesLayer.builder().setName(DEPENDENCIES);
        addTree(layer, plan.folders().dependencies(), ImagePlan.CODE, Set.of());
        return layer.build();
    }

    /** All of the function's folder that the layer below has not, and its configuration. */
    private FileEntriesLayer code() throws IOException {
        var layer = FileEntriesLayer.builder().setName("code");
        Path function = plan.folders().function();
        for (Path path : tree(function)) {
            String name = function.relativize(path).toString();
            // It may hold secrets; what may be told of it is in the processor's configuration.
            if (!name.equals("function.yaml") && !isBelow(name, path)) {
                add(layer, path, ImagePlan.CODE + "/" + name);
            }
        }
        addMade(layer, plan.processorYaml(), ImagePlan.CONFIG, FILE);
        return layer.build();
    }

    private boolean isBelow(String name, Path path) throws IOException {
        if (plan.folders().dependencies() == null) {
            return false;
        }
        Path same = plan.folders().dependencies().resolve(name);
        return Files.exists(same)
                && (Files.isDirectory(path) || (Files.isRegularFile(same) && Files.mismatch(same, path) < 0));
    }

    private static void addTree(FileEntriesLayer.Builder layer, Path folder, String to, Set<String> without)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        for (Path path : tree(folder)) {
            Path relative = folder.relativize(path);
            boolean left = Stream.iterate(relative, part -> part != null, Path::getParent)
                    .anyMatch(part -> without.contains(part.getFileName().toString()));
            if (!left) {
                add(layer, path, to + "/" + relative);
            }
        }
    }

    /** jib has no links in layers: what a link leads to, which was looked at before, is there twice. */
    private static List<Path> tree(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return paths.filter(path -> !path.equals(folder)).sorted().toList();
        }
    }

    private static void add(FileEntriesLayer.Builder layer, Path file, String to) {
        FilePermissions rights = Files.isExecutable(file) ? PROGRAM : FILE;
        layer.addEntry(file, AbsoluteUnixPath.get(to), rights, ImagePlan.TIME);
    }

    private void addMade(FileEntriesLayer.Builder layer, String text, String to, FilePermissions rights)
            throws IOException {
        Path file = made.of(text.getBytes(StandardCharsets.UTF_8));
        layer.addEntry(file, AbsoluteUnixPath.get(to), rights, ImagePlan.TIME);
    }
}
