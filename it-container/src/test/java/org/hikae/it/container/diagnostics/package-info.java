/** Diagnostics of devices, inside WildFly. */
@NullMarked
package org.hikae.it.container.diagnostics;

import org.jspecify.annotations.NullMarked;
