/**
 * How a use case refuses, its sentence for people, and checks of texts, times and limits that
 * clients send. Pure: knows no entity, store or bean.
 */
@NullMarked
package org.hikae.problem.control;

import org.jspecify.annotations.NullMarked;
