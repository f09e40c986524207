package org.hikae.lifecycle.view;

import java.util.List;
import org.hikae.openapi.wire.SchemaName;
import org.jspecify.annotations.Nullable;

/**
 * Legal holds that stand, the oldest first.
 *
 * @param holds at most as many as asked for
 * @param next value of {@code after} for the next page; absent on the last
 */
@SchemaName("HeldPage")
public record LegalHoldPage(List<LegalHoldEmployee> holds, @Nullable Long next) {}
