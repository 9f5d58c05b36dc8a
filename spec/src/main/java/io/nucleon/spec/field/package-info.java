/**
 * Typed reading of a mapping's fields, and the notations that values come in: Go durations, sizes, words out of a list.
 *
 * <p>Read {@link io.nucleon.spec.field.Fields} first; trigger implementations read their attributes with it, so that their
 * messages look like everybody else's.
 */
package io.nucleon.spec.field;
