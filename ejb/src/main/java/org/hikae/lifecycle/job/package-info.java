/** Erases when the grace is over, and what leavers left, step by step. Calls no boundary. */
@NullMarked
package org.hikae.lifecycle.job;

import org.jspecify.annotations.NullMarked;
