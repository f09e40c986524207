/** Notices, channels and recipients as records. Knows no entity, store or bean. */
@NullMarked
package org.hikae.notice.view;

import org.jspecify.annotations.NullMarked;
