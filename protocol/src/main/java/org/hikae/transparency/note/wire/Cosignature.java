package org.hikae.transparency.note.wire;

import java.time.Instant;

/**
 * A witness's word, verified: at this time the checkpoint was the largest that it had seen of the
 * log, and consistent with all before (C2SP tlog-cosignature).
 *
 * @param witness whose word it is
 * @param time by the witness's clock
 */
public record Cosignature(NoteKey witness, Instant time) {}
