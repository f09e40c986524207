/** Notices over REST. */
@NullMarked
package org.hikae.notice.rest;

import org.jspecify.annotations.NullMarked;
