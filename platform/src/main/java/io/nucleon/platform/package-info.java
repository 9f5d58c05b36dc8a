/**
 * Where functions run. {@link io.nucleon.platform.Platform} is what commands and the dashboard know; {@code local} runs functions as
 * processes of this machine. One suite of tests holds every platform to the interface.
 */
package io.nucleon.platform;
