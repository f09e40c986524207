/**
 * What every request to the API passes, JSON in and out, and how refusals are answered. Knows no
 * entity, store or page.
 */
@NullMarked
package org.hikae.http.rest;

import org.jspecify.annotations.NullMarked;
