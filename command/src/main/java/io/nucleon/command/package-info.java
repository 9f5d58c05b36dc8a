/**
 * The command line as such: its verbs, their flags, and the terminal it talks to. The one table from which the command line is read,
 * helped with and completed, used by the commands and by the processor's own entry.
 *
 * <p>Read {@link io.nucleon.command.Verb} first, then {@link io.nucleon.command.CommandReader}. Takes no part in the walk of an event.
 */
package io.nucleon.command;
