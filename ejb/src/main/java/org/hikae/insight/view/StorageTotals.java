package org.hikae.insight.view;

/**
 * What is stored for everybody.
 *
 * @param employees people for whom something is or was stored
 * @param liveBytes bytes that count against quotas
 * @param heldBytes bytes that only released snapshots or none need, and that go when their hold
 *     ends
 * @param storedBytes all bytes of objects
 * @param rottenObjects objects whose bytes are known to be wrong
 */
public record StorageTotals(
    long employees, long liveBytes, long heldBytes, long storedBytes, long rottenObjects) {}
