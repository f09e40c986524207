/**
 * Administrators see the outbox, say who hears what, and test a channel. Each bean states its
 * roles, and none knows HTTP or pages.
 */
@NullMarked
package org.hikae.notice.boundary;

import org.jspecify.annotations.NullMarked;
