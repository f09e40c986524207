/** Tests of what is written into a bundle. */
@NullMarked
package org.hikae.device.bundle;

import org.jspecify.annotations.NullMarked;
