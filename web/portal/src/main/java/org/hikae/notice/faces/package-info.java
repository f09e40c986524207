/** Pages of notices and their recipients. Knows no entity, store or REST resource. */
@NullMarked
package org.hikae.notice.faces;

import org.jspecify.annotations.NullMarked;
