/** How much of the trail one person can fill. */
@NullMarked
package org.hikae.audit.control;

import org.jspecify.annotations.NullMarked;
