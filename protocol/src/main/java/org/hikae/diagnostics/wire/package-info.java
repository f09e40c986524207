/**
 * JSON records of diagnostics: what a device says of itself when its employee asks for help. No
 * field of any of them may name a file, a path, a person, a host or a set.
 */
@NullMarked
package org.hikae.diagnostics.wire;

import org.jspecify.annotations.NullMarked;
