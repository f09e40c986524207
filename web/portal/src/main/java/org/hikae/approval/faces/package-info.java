/** The page on which a second administrator sees exactly what would be done, and agrees or not. */
@NullMarked
package org.hikae.approval.faces;

import org.jspecify.annotations.NullMarked;
