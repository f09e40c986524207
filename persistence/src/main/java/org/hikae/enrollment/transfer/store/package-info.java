/**
 * Reads and writes transfers of K between devices of an employee; every look-up names the owner.
 * Knows no use case.
 */
@NullMarked
package org.hikae.enrollment.transfer.store;

import org.jspecify.annotations.NullMarked;
