package io.nucleon.cli.cases;

/** A header. Immutable. */
public record NamedValue(String name, String value) {}
