package org.hikae.rollout.view;

/**
 * A wave, and who is picked for its list one by one.
 *
 * @param wave the wave
 * @param people who joins or leaves its list; nobody unless the wave is for a list
 */
public record PickedWave(PutWave wave, ListChange people) {}
