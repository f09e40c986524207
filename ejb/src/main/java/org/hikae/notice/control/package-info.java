/** Says notices in words, and sends them by mail and webhook. */
@NullMarked
package org.hikae.notice.control;

import org.jspecify.annotations.NullMarked;
