/** The page on which employees see what they agreed to, opt out, and take that back. */
@NullMarked
package org.hikae.lifecycle.faces;

import org.jspecify.annotations.NullMarked;
