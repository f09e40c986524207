/**
 * Signed notes, the checkpoints of logs that are such notes, and what witnesses say of them, in the
 * formats of C2SP.
 */
@NullMarked
package org.hikae.transparency.note.wire;

import org.jspecify.annotations.NullMarked;
