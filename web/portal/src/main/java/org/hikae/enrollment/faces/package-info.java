/** What employees change on the pages: revoking a device and opting out. */
@NullMarked
package org.hikae.enrollment.faces;

import org.jspecify.annotations.NullMarked;
