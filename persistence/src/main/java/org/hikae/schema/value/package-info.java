/**
 * Numbers of rows, comments of tables and columns, and texts cut to a column's length. Knows no
 * entity.
 */
@NullMarked
package org.hikae.schema.value;

import org.jspecify.annotations.NullMarked;
