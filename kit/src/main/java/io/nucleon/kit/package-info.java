/**
 * Checks a wrapper against PROTOCOL.md without a processor: {@code nucleon conformance}.
 *
 * <p>{@link io.nucleon.kit.Kit} runs {@link io.nucleon.kit.Rule}s one after the other; each starts the wrapper as {@code Worker}s, with the
 * transport's own connections on this side, and says what it sent and what came when the rule is not kept. What a handler must do is
 * the checker function's, one a language.
 */
package io.nucleon.kit;
