/**
 * The table of all fields of function.yaml and platform.yaml, for explanations and reference pages.
 *
 * <p>Read {@link io.nucleon.spec.reference.FieldReference}. A test holds the table against what is read, in both directions.
 */
package io.nucleon.spec.reference;
