package io.nucleon.platform.docker;

import io.nucleon.builder.BuildOrder;
import io.nucleon.host.UserFolders;
import io.nucleon.spec.platform.LocalConfig;
import java.util.Map;

/**
 * What the docker platform works with. Immutable.
 *
 * @param environment that docker is called with, besides ours; as DOCKER_HOST
 * @param tools that images are made with
 * @param folders of the user, for locks
 * @param local what platform.yaml says of Docker
 */
public record DockerSetting(
        Map<String, String> environment, BuildOrder.Tools tools, UserFolders folders, LocalConfig local) {
    public DockerSetting {
        environment = Map.copyOf(environment);
    }
}
