/**
 * Functions as containers of a Docker engine. {@link io.nucleon.platform.docker.DockerPlatform} is called by commands;
 * {@link io.nucleon.platform.docker.PortHolder} and {@link io.nucleon.platform.docker.ProbeMain} run inside of containers. No process of
 * ours stays on the machine: what has to outlive a command is the engine's.
 */
package io.nucleon.platform.docker;
