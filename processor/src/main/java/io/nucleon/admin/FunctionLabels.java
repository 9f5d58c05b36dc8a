package io.nucleon.admin;

/**
 * What tells a function's time series from those of others; nuclio's labels.
 *
 * @param instance {@code NUCLIO_FUNCTION_INSTANCE}, else {@code namespace-function}
 */
public record FunctionLabels(String instance, String namespace, String function, String project) {}
