/** Who is signed in to the pages, and signing out. */
@NullMarked
package org.hikae.identity.faces;

import org.jspecify.annotations.NullMarked;
