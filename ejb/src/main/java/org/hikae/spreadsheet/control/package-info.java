/**
 * Writes lists as CSV and XLSX in which nothing is ever calculated. Pure: knows no entity, store or
 * bean.
 */
@NullMarked
package org.hikae.spreadsheet.control;

import org.jspecify.annotations.NullMarked;
