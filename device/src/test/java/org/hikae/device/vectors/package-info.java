/** The vectors of the specification against the code of a device. */
@NullMarked
package org.hikae.device.vectors;

import org.jspecify.annotations.NullMarked;
