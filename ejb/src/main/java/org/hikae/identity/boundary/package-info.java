/**
 * Who is calling, and the employee directory. Identity comes from the token that the container
 * checked, never from a parameter.
 */
@NullMarked
package org.hikae.identity.boundary;

import org.jspecify.annotations.NullMarked;
