/**
 * Channels, delivery states and failures, and what a recipient hears, where and when. Knows no
 * entity.
 */
@NullMarked
package org.hikae.notice.value;

import org.jspecify.annotations.NullMarked;
