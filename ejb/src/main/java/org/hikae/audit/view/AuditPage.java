package org.hikae.audit.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events of the trail, newest first.
 *
 * @param events at most as many as asked for
 * @param next value of {@code cursor} for the next page; absent on the last
 */
public record AuditPage(List<AuditRow> events, @Nullable String next) {}
