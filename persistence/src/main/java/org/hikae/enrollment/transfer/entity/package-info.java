/** Rows of transfers of K between devices of an employee, each for ten minutes. Knows no store. */
@NullMarked
package org.hikae.enrollment.transfer.entity;

import org.jspecify.annotations.NullMarked;
