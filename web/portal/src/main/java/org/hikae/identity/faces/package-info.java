/** Sign-in, sign-out and sessions of the pages. Knows no entity, store or REST resource. */
@NullMarked
package org.hikae.identity.faces;

import org.jspecify.annotations.NullMarked;
