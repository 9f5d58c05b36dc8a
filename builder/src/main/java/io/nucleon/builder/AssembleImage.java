package io.nucleon.builder;

import io.nucleon.builder.image.Destination;
import io.nucleon.builder.image.DockerCommand;
import io.nucleon.builder.image.ImageAssembler;
import io.nucleon.builder.image.ImagePlan;
import io.nucleon.builder.source.CodeLimits;
import io.nucleon.builder.source.CodeTree;
import io.nucleon.builder.source.SecretMask;
import io.nucleon.builder.source.Unpacker;
import io.nucleon.spec.Build;
import io.nucleon.spec.FunctionConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts the layers together and gives the image to where it is wanted. */
final class AssembleImage implements Step {
    private static final CodeLimits ANY =
            new CodeLimits(Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);

    @Override
    public String name() {
        return "image";
    }

    @Override
    public boolean run(Workbench bench) throws IOException {
        BuildOrder order = bench.order();
        FunctionConfig config = bench.config();
        Build build = config.spec().build();
        DockerCommand docker = bench.docker();
        ImagePlan plan = bench.plan();
        ImageAssembler assembler = new ImageAssembler(
                order.tools().cache().resolve("layers"), build.offline(), docker, SecretMask.of(config), bench.log());
        Path layout = order.artifact().target();
        Destination destination = switch (order.artifact().format()) {
            case OCI_LAYOUT -> new Destination.Tar(bench.folder().resolve("image.tar"));
            case OCI_TAR -> new Destination.Tar(layout);
            case DOCKER -> new Destination.Docker();
            case REGISTRY -> new Destination.Registry();
            case FOLDER, DOCKERFILE ->
                throw new IllegalStateException(order.artifact().format() + " is no image");
        };
        Path work = Files.createDirectory(bench.folder().resolve("image"));
        bench.digest(assembler.assemble(plan, destination, work));
        bench.image(plan.name());
        if (order.artifact().format() == BuildOrder.Format.OCI_LAYOUT) {
            unpackLayout(bench.folder().resolve("image.tar"), layout);
        }
        return false;
    }

    /** The tar is a layout already. */
    private static void unpackLayout(Path tar, Path layout) throws IOException {
        if (Files.isRegularFile(layout.resolve("oci-layout"))) {
            CodeTree.remove(layout);
        }
        Unpacker.unpack(tar, tar.getFileName().toString(), Files.createDirectories(layout), ANY);
    }
}
