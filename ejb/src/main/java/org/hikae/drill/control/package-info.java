/** When a recovery proof is taken. */
@NullMarked
package org.hikae.drill.control;

import org.jspecify.annotations.NullMarked;
