/** Sends what waits in the outbox. */
@NullMarked
package org.hikae.notice.timer;

import org.jspecify.annotations.NullMarked;
