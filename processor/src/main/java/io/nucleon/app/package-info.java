/**
 * The processor's entry point and wiring; the only room that sees all the others. Read {@link io.nucleon.app.Main} first.
 */
package io.nucleon.app;
