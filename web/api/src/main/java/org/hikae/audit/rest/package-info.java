/** The trail over REST. */
@NullMarked
package org.hikae.audit.rest;

import org.jspecify.annotations.NullMarked;
