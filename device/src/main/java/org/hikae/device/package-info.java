/** The employee side: the only code that can open a backup. */
@NullMarked
package org.hikae.device;

import org.jspecify.annotations.NullMarked;
