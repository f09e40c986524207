/**
 * Puts notices into the outbox, sends by mail and webhook, and changes recipients for several use
 * cases. Calls no boundary and no job.
 */
@NullMarked
package org.hikae.notice.service;

import org.jspecify.annotations.NullMarked;
