/**
 * The conformance kit: {@link io.nucleon.tests.kit.OurWrappersTest} shows that it asks for nothing that our wrappers don't do,
 * {@link io.nucleon.tests.kit.BrokenWrappersTest} that it sees what is broken.
 */
package io.nucleon.tests.kit;
