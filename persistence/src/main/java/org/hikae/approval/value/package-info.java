/** Where a request for approval stands. Knows no entity. */
@NullMarked
package org.hikae.approval.value;

import org.jspecify.annotations.NullMarked;
