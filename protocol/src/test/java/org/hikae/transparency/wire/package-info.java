/** The formats of a transparency log, against what others published and against attackers. */
@NullMarked
package org.hikae.transparency.wire;

import org.jspecify.annotations.NullMarked;
