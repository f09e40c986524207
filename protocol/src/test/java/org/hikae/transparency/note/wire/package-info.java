/** Signed notes, those that others published and those of attackers. */
@NullMarked
package org.hikae.transparency.note.wire;

import org.jspecify.annotations.NullMarked;
