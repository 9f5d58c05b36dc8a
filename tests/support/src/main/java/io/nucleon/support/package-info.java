/**
 * What tests of the whole processor share.
 *
 * <p>Read {@link io.nucleon.support.TestProcessor}, which runs one as its users do, and {@link io.nucleon.support.RawClient}, which sends
 * it exactly the bytes it is told to.
 */
package io.nucleon.support;
