package io.nucleon.builder;

import io.nucleon.builder.image.ImageAssembler;
import io.nucleon.builder.source.SecretMask;
import java.io.IOException;

/** Tells the Dockerfile that the image would be built by, or that would give the same one where it needs no commands. No engine is asked. */
final class WriteDockerfile implements Step {

    @Override
    public String name() {
        return "dockerfile";
    }

    @Override
    public boolean run(Workbench bench) throws IOException {
        if (bench.order().artifact().aot()) {
            // Nothing is read of it: that there is one makes the Dockerfile's line.
            bench.aot(bench.folder());
        }
        String text = ImageAssembler.dockerfile(bench.plan());
        bench.dockerfile(SecretMask.of(bench.config()).mask(text));
        bench.image(bench.plan().name());
        return false;
    }
}
