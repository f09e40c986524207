/** Writing notices into the outbox, in the transaction that causes them. */
@NullMarked
package org.hikae.notice.boundary;

import org.jspecify.annotations.NullMarked;
