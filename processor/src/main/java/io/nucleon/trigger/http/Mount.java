package io.nucleon.trigger.http;

/**
 * A function's place behind a listener.
 *
 * @param trigger what takes its requests
 * @param skipped characters of the path that the function does not see
 */
record Mount(HttpTrigger trigger, int skipped) {}
