/**
 * platform.yaml as records: what the machine or cluster around the functions is set to.
 *
 * <p>Read {@link io.nucleon.spec.platform.PlatformReader} first, then {@link io.nucleon.spec.platform.PlatformConfig}.
 */
package io.nucleon.spec.platform;
