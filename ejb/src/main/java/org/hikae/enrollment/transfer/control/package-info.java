/** Which message of a transfer may come next, and from which device. */
@NullMarked
package org.hikae.enrollment.transfer.control;

import org.jspecify.annotations.NullMarked;
