/** What all pages share: who is signed in, signing out, the way through long lists, files. */
@NullMarked
package org.hikae.identity.faces;

import org.jspecify.annotations.NullMarked;
