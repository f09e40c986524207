package org.hikae.approval.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests, newest first.
 *
 * @param requests at most as many as asked for
 * @param next value of {@code before} for the next page; absent on the last
 */
public record ApprovalPage(List<ApprovalView> requests, @Nullable Long next) {}
