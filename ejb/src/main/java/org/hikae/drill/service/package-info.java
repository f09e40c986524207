/** Erases recovery proofs with their device or employee. Calls no boundary and no job. */
@NullMarked
package org.hikae.drill.service;

import org.jspecify.annotations.NullMarked;
