/** Opting in and device sessions over REST. */
@NullMarked
package org.hikae.enrollment.rest;

import org.jspecify.annotations.NullMarked;
