package io.nucleon.builder;

import io.nucleon.builder.source.CodeTree;
import io.nucleon.builder.source.Tool;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes the Java that goes into images: the modules that a processor needs, linked out of the builder's JDK, so that images of interpreters
 * need no Java of their own. 75 MB, made once for each JDK.
 */
final class LinkJava implements Step {
    /** What the jars of lib/ use (jdeps), TLS by elliptic curves, and the compiler for functions of Java sources. */
    private static final List<String> MODULES = List.of(
            "java.base",
            "java.compiler",
            "java.logging",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.sql",
            "java.xml",
            "jdk.compiler",
            "jdk.crypto.ec",
            "jdk.httpserver",
            "jdk.management",
            "jdk.net",
            "jdk.unsupported",
            "jdk.zipfs");

    /**
     * The JDK's own classes as the JVM maps them (CDS), which jlink leaves out: 14 MB. Heap and collector are said, since by themselves they
     * follow the machine, and the archive's bytes follow them.
     */
    private static final List<String> SHARE = List.of("-Xshare:dump", "-XX:+UseG1GC", "-Xmx128m");

    @Override
    public String name() {
        return "java";
    }

    @Override
    public boolean run(Workbench bench) throws IOException {
        Path jdk = bench.order().tools().java();
        Path jlink = jdk.resolve("bin/jlink");
        if (!Files.isExecutable(jlink)) {
            throw ErrorMessage.of(
                            ErrorCode.BUILD_TOOL_MISSING,
                            "images can't be made with the Java in " + jdk,
                            "it has no jlink",
                            "set JAVA_HOME to a JDK 25")
                    .toException();
        }
        List<String> key = new ArrayList<>(MODULES);
        key.addAll(SHARE);
        key.add(Files.readString(jdk.resolve("release")));
        key.add(System.getProperty("os.arch"));
        Cache.Entry entry = new Cache(bench.order().tools().cache())
                .get("java", TreeDigest.of(key), false, folder -> link(jlink, folder, bench));
        bench.java(entry.made());
        return entry.found();
    }

    private static void link(Path jlink, Path folder, Workbench bench) throws IOException {
        // jlink makes its folder itself.
        CodeTree.remove(folder);
        Tool.End end = bench.tool()
                .run(
                        new Tool.Call(
                                folder.getParent(),
                                List.of(
                                        jlink.toString(),
                                        "--add-modules",
                                        String.join(",", MODULES),
                                        // Not --strip-debug: it calls objcopy, which few machines have.
                                        "--strip-java-debug-attributes",
                                        "--no-header-files",
                                        "--no-man-pages",
                                        "--compress",
                                        "zip-6",
                                        "--output",
                                        folder.toString()),
                                Map.of()),
                        null);
        if (!end.isOk()) {
            throw ErrorMessage.of(
                            ErrorCode.ARTIFACT_NOT_WRITTEN,
                            "linking the Java for images failed",
                            "jlink ended with " + end.exit() + ":\n  | "
                                    + end.lastLines().replace("\n", "\n  | "),
                            "see that JAVA_HOME is a whole JDK 25")
                    .toException();
        }
        share(folder, bench);
    }

    /** A Java that can't be is as good, only slower to start. */
    private static void share(Path java, Workbench bench) {
        List<String> command = new ArrayList<>(List.of(java.resolve("bin/java").toString()));
        command.addAll(SHARE);
        Tool.End end = bench.tool().run(new Tool.Call(java, command, Map.of()), line -> {});
        if (!end.isOk()) {
            bench.log().accept("the image's Java has no archive of its classes: it ended with " + end.exit());
        }
    }
}
