/** Which request for approval, and where it stands. Knows no entity. */
@NullMarked
package org.hikae.approval.value;

import org.jspecify.annotations.NullMarked;
