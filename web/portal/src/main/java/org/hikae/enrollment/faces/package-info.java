/** What employees change about their devices on the pages. */
@NullMarked
package org.hikae.enrollment.faces;

import org.jspecify.annotations.NullMarked;
