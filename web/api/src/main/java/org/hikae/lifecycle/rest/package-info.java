/** Leavers, legal hold, opt-outs and what becomes of data. */
@NullMarked
package org.hikae.lifecycle.rest;

import org.jspecify.annotations.NullMarked;
