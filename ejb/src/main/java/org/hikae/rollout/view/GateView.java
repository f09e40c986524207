package org.hikae.rollout.view;

import java.io.Serializable;
import org.hikae.problem.wire.RefusalText;
import org.hikae.rollout.value.GateKind;

/**
 * A gate of a campaign: it halts the campaign when in any of its waves more than {@code maxPercent}
 * fail and at least {@code minObserved} were observed.
 *
 * @param gate FAILED_FIRST_BACKUPS, VAULT_ERRORS or STALE_DEVICES
 * @param maxPercent share that may fail, 0 to 99
 * @param minObserved observations before it may halt, 1 to 1,000,000
 */
public record GateView(
    @RefusalText("gates names one that there is not.") GateKind gate,
    int maxPercent,
    int minObserved)
    implements Serializable {}
