/** What can be told only from within the room of containers, by what the processor has and that room can't know. */
package io.nucleon.platform.docker;
