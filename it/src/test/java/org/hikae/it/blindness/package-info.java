/**
 * The promise itself: what an employee backs up, and what opens it, is nowhere on the company's
 * side, in no form that a search would find.
 */
@NullMarked
package org.hikae.it.blindness;

import org.jspecify.annotations.NullMarked;
