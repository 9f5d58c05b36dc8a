/** Code that is saved while events come in: what is answered, and that nothing fails. Read {@code ReloadTest} first. */
package io.nucleon.reload;
