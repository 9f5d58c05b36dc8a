package io.nucleon.runtime;

import io.nucleon.invoke.Clock;
import io.nucleon.loop.EventLoops;
import java.nio.file.Path;

/**
 * What the processor lends to its runtimes.
 *
 * @param home where Nucleon is unpacked (wrappers/ lies in it)
 * @param runDirectory 0700 folder for sockets, exists
 * @param log where records and output of handlers go
 */
public record RuntimeServices(EventLoops loops, Clock clock, Path home, Path runDirectory, FunctionLog log) {}
