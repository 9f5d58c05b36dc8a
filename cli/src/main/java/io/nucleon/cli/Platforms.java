package io.nucleon.cli;

import io.nucleon.command.CodeFlags;
import io.nucleon.command.GlobalOptions;
import io.nucleon.command.GlobalOptions.Platform;
import io.nucleon.command.UsageError;
import io.nucleon.host.UserFolders;
import io.nucleon.platform.docker.DockerPlatform;
import io.nucleon.platform.docker.DockerSetting;
import io.nucleon.platform.local.LocalPlatform;
import io.nucleon.spec.platform.PlatformConfig;
import io.nucleon.spec.platform.PlatformReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Which platform a command means. Stateless. */
final class Platforms {
    /** nuclio's; a cluster's or machine's own settings, which may not exist. */
    private static final Path CONFIG = Path.of("/etc/nuclio/config/platform/platform.yaml");

    private Platforms() {}

    /** The one that is named, or the local one, which {@code auto} means where nothing tells of a cluster. */
    static io.nucleon.platform.Platform of(GlobalOptions global, UserFolders folders, Map<String, String> env) {
        Platform asked = global.platform();
        return switch (asked) {
            case AUTO, LOCAL -> local(folders, env);
            case DOCKER -> docker(folders, env);
            case KUBE ->
                throw UsageError.badValue(
                        "--platform",
                        asked.toString(),
                        "this version deploys to local and docker",
                        "--platform local, or --platform docker");
        };
    }

    static boolean isDocker(GlobalOptions global) {
        return global.platform() == Platform.DOCKER;
    }

    /** The local one. */
    static LocalPlatform local(UserFolders folders, Map<String, String> env) {
        return new LocalPlatform(folders, List.of(launcher(env)));
    }

    /** The engine that {@code docker} uses. */
    static DockerPlatform docker(UserFolders folders, Map<String, String> env) {
        PlatformConfig config =
                (Files.isRegularFile(CONFIG) ? PlatformReader.read(CONFIG) : PlatformReader.defaults()).value();
        return new DockerPlatform(
                new DockerSetting(Map.of(), Building.tools(new CodeFlags(), env), folders, config.local()));
    }

    /** The command that this process was started with. */
    private static String launcher(Map<String, String> env) {
        String home = System.getProperty("nucleon.home", env.getOrDefault("NUCLEON_HOME", ""));
        return Path.of(home, "bin", "nucleon").toAbsolutePath().toString();
    }
}
