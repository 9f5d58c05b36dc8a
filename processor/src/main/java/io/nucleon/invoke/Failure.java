package io.nucleon.invoke;

import io.nucleon.error.ErrorMessage;

/**
 * Why an event got no answer from its handler. Never {@link Outcome#RESPONDED} or {@link Outcome#FAILED}: those come as a
 * {@link ResponseView}.
 */
public record Failure(Outcome outcome, ErrorMessage error) {}
