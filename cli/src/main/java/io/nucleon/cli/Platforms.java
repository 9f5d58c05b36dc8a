package io.nucleon.cli;

import io.nucleon.command.GlobalOptions;
import io.nucleon.command.GlobalOptions.Platform;
import io.nucleon.command.UsageError;
import io.nucleon.host.UserFolders;
import io.nucleon.platform.local.LocalPlatform;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Which platform a command means. Stateless. */
final class Platforms {
    private Platforms() {}

    /** The local one, which {@code auto} means where nothing tells of a cluster. */
    static LocalPlatform local(GlobalOptions global, UserFolders folders, Map<String, String> env) {
        Platform asked = global.platform();
        if (asked != Platform.AUTO && asked != Platform.LOCAL) {
            throw UsageError.badValue(
                    "--platform", asked.toString(), "this version deploys to local", "--platform local");
        }
        return local(folders, env);
    }

    /** The local one. */
    static LocalPlatform local(UserFolders folders, Map<String, String> env) {
        return new LocalPlatform(folders, List.of(launcher(env)));
    }

    /** The command that this process was started with. */
    private static String launcher(Map<String, String> env) {
        String home = System.getProperty("nucleon.home", env.getOrDefault("NUCLEON_HOME", ""));
        return Path.of(home, "bin", "nucleon").toAbsolutePath().toString();
    }
}
