/** The company's own programs that use the API. */
@NullMarked
package org.hikae.caller.rest;

import org.jspecify.annotations.NullMarked;
