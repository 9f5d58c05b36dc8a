/**
 * From a function's source to something that runs elsewhere: a portable folder, or an image.
 *
 * <p>Read {@link io.nucleon.builder.Builder} first: a build is a list of named steps, each a class of its own, which leave what they made
 * on a {@link io.nucleon.builder.Workbench}. How code gets here is {@code source}, how an image is put together {@code image}.
 */
package io.nucleon.builder;
