/**
 * The house rules as tests, over the compiled classes and the sources of every module.
 *
 * <p>Read {@link io.nucleon.architecture.Rooms} first: it is the table of who may use what. A rule that has to give way gets an entry
 * with its reason there or beside the rule, never a weaker rule.
 */
package io.nucleon.architecture;
