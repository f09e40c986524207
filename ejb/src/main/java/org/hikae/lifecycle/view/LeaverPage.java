package org.hikae.lifecycle.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leavers, by growing number.
 *
 * @param leavers at most as many as asked for
 * @param next value of {@code after} for the next page; absent on the last
 */
public record LeaverPage(List<LeaverView> leavers, @Nullable Long next) {}
