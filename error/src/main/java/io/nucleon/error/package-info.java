/**
 * The one table of error codes and the one form of a message: what was tried, why it failed, what to do.
 *
 * <p>Read {@link io.nucleon.error.ErrorCode} first, then {@link io.nucleon.error.ErrorMessage}. Every room may use this one; it needs
 * only the JDK.
 */
package io.nucleon.error;
