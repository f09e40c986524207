package org.hikae.insight.boundary;

import java.util.List;

/**
 * A page of employees.
 *
 * @param employees those asked for
 * @param total how many the filter finds in all
 */
public record EmployeePage(List<EmployeeRow> employees, long total) {}
