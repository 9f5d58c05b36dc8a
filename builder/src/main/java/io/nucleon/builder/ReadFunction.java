package io.nucleon.builder;

import io.nucleon.builder.image.Base;
import io.nucleon.builder.image.DockerCommand;
import io.nucleon.builder.image.ImageAssembler;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.spec.Read;
import io.nucleon.spec.code.FunctionCode;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.ScalarNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Completes the configuration by what the code says: its function.yaml, runtime, handler, name. */
final class ReadFunction implements Step {

    @Override
    public String name() {
        return "function.yaml";
    }

    @Override
    public boolean run(Workbench bench) throws IOException {
        BuildOrder order = bench.order();
        MapNode given = order.config().raw();
        Path path = configured(bench.fetched(), order);
        Read<FunctionCode> read = FunctionCode.find(path, given, order.tools().reading());
        read.value();
        FunctionCode code = read.asFarAsRead();
        if (code.config().name().isEmpty()) {
            String name = nameOf(order);
            code = FunctionCode.find(
                            path,
                            given.withAt(ScalarNode.text(name), "metadata", "name"),
                            order.tools().reading())
                    .value();
        }
        if (!code.isRunnable()) {
            throw ErrorMessage.of(
                            ErrorCode.HANDLER_NOT_FOUND,
                            "no handler found in the code of '" + code.config().name() + "'",
                            code.lookedFor().isEmpty() ? "" : String.join(", ", code.lookedFor()) + " were looked for",
                            "set spec.handler and spec.runtime")
                    .toException();
        }
        bench.code(code);
        if (order.artifact().format().isImage() && order.artifact().format() != BuildOrder.Format.DOCKERFILE) {
            checkDocker(bench);
        }
        return false;
    }

    /** Before the time is spent that the other steps take. */
    private static void checkDocker(Workbench bench) {
        DockerCommand docker = bench.docker();
        if (bench.order().artifact().format() == BuildOrder.Format.DOCKER
                || ImageAssembler.needsDocker(bench.config())
                || Base.of(bench.config(), docker) instanceof Base.Docker) {
            docker.require();
        }
    }

    /** {@code build.functionConfigPath}, if it is there, stands for function.yaml. */
    private static Path configured(Path code, BuildOrder order) throws IOException {
        String other = order.config().spec().build().functionConfigPath();
        if (other.isEmpty() || !Files.isDirectory(code)) {
            return code;
        }
        Path file = code.resolve(other).normalize();
        return file.startsWith(code)
                        && Files.isRegularFile(file)
                        && file.toRealPath().startsWith(code.toRealPath())
                ? file
                : code;
    }

    /** Of the folder or file that was named. */
    private static String nameOf(BuildOrder order) {
        Path path = order.folder()
                .resolve(order.config().spec().build().path())
                .toAbsolutePath()
                .normalize();
        String name =
                path.getFileName() == null ? "function" : path.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return Files.isDirectory(path) || dot <= 0 ? name : name.substring(0, dot);
    }
}
