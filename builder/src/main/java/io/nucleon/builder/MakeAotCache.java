package io.nucleon.builder;

import io.nucleon.builder.image.ImagePlan;
import io.nucleon.builder.source.Tool;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes the AOT cache of an image, by the distribution's own training run with the image's Java and jars. The JVM uses it wherever they lie
 * together, if the jars' sizes and times are the same: so the image's are given to them first. Kept for each JDK and set of jars; two
 * machines that make it get two files, so no image has it that didn't ask for it.
 */
final class MakeAotCache implements Step {
    private static final String FILE = "processor.aot";

    @Override
    public String name() {
        return "aot";
    }

    @Override
    public boolean run(Workbench bench) throws IOException {
        List<Path> jars = jars(bench);
        List<String> key = new ArrayList<>(
                List.of(Files.readString(bench.java().resolve("release")), System.getProperty("os.arch")));
        for (Path jar : jars) {
            key.add(jar.getFileName().toString());
            key.add(TreeDigest.ofFile(jar));
        }
        Cache.Entry entry = new Cache(bench.order().tools().cache())
                .get("aot", TreeDigest.of(key), false, folder -> train(jars, folder, bench));
        bench.aot(entry.made().resolve(FILE));
        return entry.found();
    }

    private static List<Path> jars(Workbench bench) throws IOException {
        try (Stream<Path> files = Files.list(lib(bench))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static Path lib(Workbench bench) {
        return bench.order().tools().home().resolve("lib");
    }

    private static void train(List<Path> jars, Path folder, Workbench bench) throws IOException {
        Path home = bench.folder().resolve("training");
        Path lib = Files.createDirectories(home.resolve("lib"));
        List<String> path = new ArrayList<>();
        for (Path jar : jars) {
            Path copy = Files.copy(jar, lib.resolve(jar.getFileName()));
            Files.setLastModifiedTime(copy, FileTime.from(ImagePlan.TIME));
            path.add(copy.toString());
        }
        for (String file : List.of("jvm.options", "aot.sh")) {
            Files.copy(lib(bench).resolve(file), lib.resolve(file));
        }
        Files.createSymbolicLink(
                home.resolve("wrappers"),
                bench.order().tools().home().resolve("wrappers").toAbsolutePath());
        Tool.End end = bench.tool()
                .run(
                        new Tool.Call(
                                home,
                                List.of(
                                        "bash",
                                        lib.resolve("aot.sh").toString(),
                                        bench.java().toAbsolutePath().toString(),
                                        String.join(":", path),
                                        "processor",
                                        "only"),
                                Map.of("NUCLEON_DIST", home.toString())),
                        null);
        Path made = lib.resolve(FILE);
        if (!Files.isRegularFile(made)) {
            throw ErrorMessage.of(
                            ErrorCode.ARTIFACT_NOT_WRITTEN,
                            "the image's AOT cache can't be made",
                            "its training run, aot.sh, ended with " + end.exit() + " and left none:\n  | "
                                    + end.lastLines().replace("\n", "\n  | "),
                            "build without --aot: the image is the same but for its start, or see the whole log with -v")
                    .toException();
        }
        Files.move(made, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
    }
}
