/** Images from source to an answer: built by the command, in a real Docker, through a real registry. */
package io.nucleon.images;
