/**
 * Faults on purpose, for {@code run --chaos}: workers that die and workers that stand still, by signals to their processes. Read
 * {@link io.nucleon.chaos.Chaos} first. A runtime around another one; nothing of it is there when no fault is asked for.
 */
package io.nucleon.chaos;
