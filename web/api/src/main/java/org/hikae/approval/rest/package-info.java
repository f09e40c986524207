/** Requests for a second administrator over REST. */
@NullMarked
package org.hikae.approval.rest;

import org.jspecify.annotations.NullMarked;
