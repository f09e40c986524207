/**
 * Object references and lists, which object is rotten, and reported runs, without a database. Knows
 * no entity.
 */
@NullMarked
package org.hikae.backup.value;

import org.jspecify.annotations.NullMarked;
