/**
 * Who is calling, from the token that the container checked and never from a parameter. It knows no
 * employee and no row, so that the trail can name who acted and the directory can write the trail.
 */
@NullMarked
package org.hikae.caller.boundary;

import org.jspecify.annotations.NullMarked;
