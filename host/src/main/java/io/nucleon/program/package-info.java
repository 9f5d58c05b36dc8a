/** Programs of this machine: found as a shell finds them, run for a short answer, asked for their version. */
package io.nucleon.program;
