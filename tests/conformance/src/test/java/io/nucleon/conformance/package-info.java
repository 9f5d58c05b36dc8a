/**
 * Is it nuclio? One table of functions, requests and expected answers ({@code cases/}), held against every language and transport.
 *
 * <p>Read {@link io.nucleon.conformance.ConformanceTest}, then {@link io.nucleon.conformance.Case}; {@code README.md} says how a case is
 * written.
 */
package io.nucleon.conformance;
