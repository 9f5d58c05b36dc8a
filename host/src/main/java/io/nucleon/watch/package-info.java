/**
 * Which files make up a function, and when one of them is saved: {@link io.nucleon.watch.SourceWatch} waits for it.
 *
 * <p>The kernel's events only say when to look; what has changed is told by comparing two looks ({@code FileLook}), so that a save by rename, a
 * new folder, a link that points elsewhere and a lost event are all the same case.
 */
package io.nucleon.watch;
