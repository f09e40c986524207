/** How requests that may be repeated are named and kept. */
@NullMarked
package org.hikae.caller.control;

import org.jspecify.annotations.NullMarked;
