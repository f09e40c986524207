/**
 * Pages of leavers and legal holds for staff, and an employee's own page of consent, on which they
 * opt out and take that back.
 */
@NullMarked
package org.hikae.lifecycle.faces;

import org.jspecify.annotations.NullMarked;
