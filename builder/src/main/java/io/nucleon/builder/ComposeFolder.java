package io.nucleon.builder;

import io.nucleon.builder.source.CodeLimits;
import io.nucleon.builder.source.CodeTree;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.spec.FunctionConfig;
import io.nucleon.spec.code.FunctionCode;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.NodeWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Puts dependencies, code and the complete function.yaml into one folder, the code last: of two files the function's own wins. The folder is
 * the artifact itself, or what an image's layers are made of.
 */
final class ComposeFolder implements Step {
    /** Whatever was checked when it came is not measured again. */
    private static final CodeLimits ANY =
            new CodeLimits(Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);

    @Override
    public String name() {
        return "folder";
    }

    @Override
    public boolean run(Workbench bench) throws IOException {
        Path folder = Files.createDirectory(bench.folder().resolve("function"));
        if (bench.dependencies() != null) {
            CodeTree.copy(bench.dependencies(), folder, ANY);
        }
        CodeTree.copy(bench.code().folder(), folder, ANY);
        Files.writeString(folder.resolve(FunctionCode.CONFIG_FILE), NodeWriter.yaml(complete(bench.config())));
        bench.composed(folder);
        bench.digest(TreeDigest.of(folder));
        Sbom.of(bench.config(), folder).write(Files.createDirectory(folder.resolve(Sbom.FOLDER)));
        if (!bench.order().artifact().format().isImage()) {
            moveTo(bench.order().artifact().target(), folder);
            bench.composed(bench.order().artifact().target());
        }
        return false;
    }

    /** How it was built is of no use where it runs, and may hold what gives access to the source. */
    private static MapNode complete(FunctionConfig config) {
        MapNode document = config.raw();
        return document.with("spec", document.map("spec").without("build"));
    }

    /** An older artifact is replaced; anything else that is there is left alone. */
    private static void moveTo(Path target, Path folder) throws IOException {
        if (Files.exists(target)) {
            boolean ours = Files.isRegularFile(target.resolve(Sbom.FOLDER).resolve(Sbom.FILE));
            boolean empty = false;
            if (Files.isDirectory(target)) {
                try (var entries = Files.list(target)) {
                    empty = entries.findAny().isEmpty();
                }
            }
            if (!ours && !empty) {
                throw ErrorMessage.of(
                                ErrorCode.ARTIFACT_NOT_WRITTEN,
                                target + " is there already",
                                "it is no folder that a build made, so it is not replaced",
                                "name another folder: --output-path PATH")
                        .toException();
            }
            CodeTree.remove(target);
        }
        Files.createDirectories(target.toAbsolutePath().getParent());
        try {
            Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Another file system.
            Files.createDirectories(target);
            CodeTree.copy(folder, target, ANY);
            Path made = Files.createDirectories(target.resolve(Sbom.FOLDER));
            Files.copy(
                    folder.resolve(Sbom.FOLDER).resolve(Sbom.FILE),
                    made.resolve(Sbom.FILE),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
