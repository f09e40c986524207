/** Of whom a caller sees and does anything, by their groups. Knows no entity. */
@NullMarked
package org.hikae.caller.value;

import org.jspecify.annotations.NullMarked;
