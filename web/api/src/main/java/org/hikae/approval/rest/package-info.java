/** Changes that wait for a second administrator. */
@NullMarked
package org.hikae.approval.rest;

import org.jspecify.annotations.NullMarked;
