/** Who the caller of the REST API is. */
@NullMarked
package org.hikae.identity.rest;

import org.jspecify.annotations.NullMarked;
