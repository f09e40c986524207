/**
 * Refusals: how every use case says no, with a stable code and a sentence for people in their
 * language.
 */
@NullMarked
package org.hikae.problem.boundary;

import org.jspecify.annotations.NullMarked;
