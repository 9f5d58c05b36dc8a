/**
 * The functions that {@code nucleon new} writes: {@link io.nucleon.cli.template.NewFunction} puts a language's code, a trigger's settings and
 * what every function has together.
 */
package io.nucleon.cli.template;
