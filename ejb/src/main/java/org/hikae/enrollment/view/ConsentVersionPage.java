package org.hikae.enrollment.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Published versions, newest first.
 *
 * @param versions at most as many as asked for, without their texts
 * @param next value of {@code before} for the next page; absent on the last
 */
public record ConsentVersionPage(List<ConsentVersionView> versions, @Nullable Integer next) {}
