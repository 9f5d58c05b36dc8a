package io.nucleon.tests.failure;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A test of every language, over each of its transports: its first parameter is a {@link Variant}. */
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}", allowZeroInvocations = true)
@MethodSource("io.nucleon.tests.failure.Variant#all")
@interface EachVariant {}
