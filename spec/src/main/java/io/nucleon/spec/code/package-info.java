/**
 * What source files tell of their function: its runtime, its handler, the configuration in their comments.
 *
 * <p>Read {@link io.nucleon.spec.code.FunctionCode} first: it finds a function at a path. Nothing here runs or compiles code; it
 * looks at lines, and what it does not understand it leaves to the runtime.
 */
package io.nucleon.spec.code;
