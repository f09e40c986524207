/**
 * What every answer of the API has in common: problem JSON for refusals, strict JSON with bounded
 * bodies, headers, and the OpenAPI document. The resources themselves then hold nothing but a call.
 */
@NullMarked
package org.hikae.problem.rest;

import org.jspecify.annotations.NullMarked;
