/** One event when the function starts ({@code kickstart}). */
package io.nucleon.trigger.kickstart;
