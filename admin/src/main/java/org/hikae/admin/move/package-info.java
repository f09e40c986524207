/**
 * Orders a move of ciphertext between stores in the portal's database, and says how far it has
 * come.
 */
@NullMarked
package org.hikae.admin.move;

import org.jspecify.annotations.NullMarked;
