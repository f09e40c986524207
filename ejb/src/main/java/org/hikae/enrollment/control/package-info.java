/**
 * What is decided without a database: the form of what devices send, and whether their signatures
 * verify.
 */
@NullMarked
package org.hikae.enrollment.control;

import org.jspecify.annotations.NullMarked;
