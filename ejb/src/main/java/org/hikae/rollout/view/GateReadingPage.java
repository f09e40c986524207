package org.hikae.rollout.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What gates saw, newest first.
 *
 * @param readings at most as many as asked for
 * @param next value of {@code before} for the next page; absent on the last
 */
public record GateReadingPage(List<GateReadingView> readings, @Nullable Long next) {}
