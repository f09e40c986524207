package org.hikae.lifecycle.view;

import java.io.Serializable;
import java.time.Instant;

/**
 * What opting out would do, before it is done.
 *
 * @param snapshots snapshots that can be restored now
 * @param objects objects that would be erased
 * @param bytes their bytes
 * @param graceDays days in which it can be taken back
 * @param erasedAfter when everything would be erased, if it were done now
 * @param held whether a legal hold, of which the employee may know, would put that off
 */
public record OptOutPlan(
    long snapshots, long objects, long bytes, long graceDays, Instant erasedAfter, boolean held)
    implements Serializable {}
