package org.hikae.diagnostics.view;

import org.hikae.backup.wire.RunResult;
import org.jspecify.annotations.Nullable;

/**
 * What may be wrong with a device. Pages have a sentence for each kind, and one of what to do.
 *
 * @param kind what it is
 * @param amount how much or how many, as the kind says; 0 for the others
 * @param detail a code or a version, as the kind says; empty for the others
 * @param topic the entry of the help page about it, which is called by how a run ends; null for
 *     none
 */
public record LikelyCause(
    LikelyCauseKind kind, long amount, String detail, @Nullable RunResult topic) {}
