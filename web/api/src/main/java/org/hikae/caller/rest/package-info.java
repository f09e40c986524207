/** Who uses the API. */
@NullMarked
package org.hikae.caller.rest;

import org.jspecify.annotations.NullMarked;
