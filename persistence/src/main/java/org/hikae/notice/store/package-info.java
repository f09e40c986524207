/** Reads and writes the outbox and who hears what. Knows no use case. */
@NullMarked
package org.hikae.notice.store;

import org.jspecify.annotations.NullMarked;
