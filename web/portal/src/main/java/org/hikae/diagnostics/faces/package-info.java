/**
 * What pages show of diagnostics: the help desk those of an employee or a device, employees theirs.
 */
@NullMarked
package org.hikae.diagnostics.faces;

import org.jspecify.annotations.NullMarked;
