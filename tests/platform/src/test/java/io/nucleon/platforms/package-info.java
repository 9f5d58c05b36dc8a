/** Every platform keeps {@link io.nucleon.platforms.PlatformContract}, run with real functions. */
package io.nucleon.platforms;
