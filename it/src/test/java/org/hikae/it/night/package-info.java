/**
 * What a night has to do in many repositories, made as rows because a thousand devices would take
 * hours to make it, and the one row that shows how far a night has come.
 */
@NullMarked
package org.hikae.it.night;

import org.jspecify.annotations.NullMarked;
