/**
 * Makes the OpenAPI document from resources, records and recorded examples. Knows no entity, store
 * or page.
 */
@NullMarked
package org.hikae.openapi.rest;

import org.jspecify.annotations.NullMarked;
