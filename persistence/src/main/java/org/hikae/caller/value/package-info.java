/** Whom a caller sees and acts on, by their groups. Knows no entity. */
@NullMarked
package org.hikae.caller.value;

import org.jspecify.annotations.NullMarked;
