/** The outbox of notices, written in the transaction that causes them. */
@NullMarked
package org.hikae.notice.entity;

import org.jspecify.annotations.NullMarked;
