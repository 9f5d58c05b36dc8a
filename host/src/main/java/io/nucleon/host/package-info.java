/**
 * What commands and hosts of one user on one machine tell each other through files: which functions run where, the line in which a host
 * says that it is ready, and the last error of a command.
 *
 * <p>Read {@link io.nucleon.host.RunState} and {@link io.nucleon.host.RunStates} first. Takes no part in the walk of an event. Start-up
 * time counts here, so there is no JSON library: {@link io.nucleon.host.JsonReader} is enough for files of a few lines.
 */
package io.nucleon.host;
