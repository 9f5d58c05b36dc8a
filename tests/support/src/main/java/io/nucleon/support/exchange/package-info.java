/**
 * Requests and expected answers as they stand in YAML files, for conformance cases and examples alike.
 *
 * <p>Read {@link io.nucleon.support.exchange.Exchange}, then {@link io.nucleon.support.exchange.Request} and
 * {@link io.nucleon.support.exchange.Expectation}, whose keys {@code tests/conformance/README.md} explains.
 */
package io.nucleon.support.exchange;
