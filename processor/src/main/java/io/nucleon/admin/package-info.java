/**
 * What operators look at: health, web admin and metrics, each a small HTTP server, fed by snapshots that {@code app} hands in.
 *
 * <p>Read {@link io.nucleon.admin.ProcessorView} (what is handed in), {@link io.nucleon.admin.EventMetrics} (what is counted per event;
 * step 9 of an event's walk ends in it) and {@link io.nucleon.admin.AdminServer}.
 */
package io.nucleon.admin;
