/**
 * A function's configuration as records: read from function.yaml or processor.yaml, defaults filled in, every problem reported
 * at once with its place.
 *
 * <p>Read {@link io.nucleon.spec.FunctionReader} first, then {@link io.nucleon.spec.FunctionConfig}. The packages below it, from
 * the ground up: {@code problem} (what is wrong), {@code yaml} (the only one that names the YAML parser), {@code field} (typed
 * reading), {@code trigger}; beside this one stand {@code platform} (platform.yaml), {@code code} (what source files tell of
 * their function) and {@code reference} (the table of all fields). The room takes no part in the walk of an event.
 */
package io.nucleon.spec;
