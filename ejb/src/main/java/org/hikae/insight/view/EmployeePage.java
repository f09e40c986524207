package org.hikae.insight.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of employees.
 *
 * @param employees those asked for
 * @param total how many the filter finds in all
 * @param next value of {@code cursor} for the next page; absent on the last
 */
public record EmployeePage(List<EmployeeRow> employees, long total, @Nullable String next) {}
