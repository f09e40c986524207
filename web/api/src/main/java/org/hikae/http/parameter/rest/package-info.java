/**
 * What a caller says in a path or a query string, read as what it means, or refused as malformed.
 * Knows no entity, store or page.
 */
@NullMarked
package org.hikae.http.parameter.rest;

import org.jspecify.annotations.NullMarked;
