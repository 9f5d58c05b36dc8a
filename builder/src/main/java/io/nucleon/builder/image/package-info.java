/**
 * How an image is put together without a daemon, on jib-core: a base, then layers in the order in which they change less often than what is
 * above them.
 *
 * <p>Read {@link io.nucleon.builder.image.ImagePlan} for what goes where, then {@link io.nucleon.builder.image.ImageAssembler}. Only
 * these classes name jib, whose jars are on the class path of verbs that build.
 */
package io.nucleon.builder.image;
