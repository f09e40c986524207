/**
 * Filters and handlers that every request for a page passes. Knows no entity, store or REST
 * resource.
 */
@NullMarked
package org.hikae.http.faces;

import org.jspecify.annotations.NullMarked;
