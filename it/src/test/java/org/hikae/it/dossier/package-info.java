/** {@code hikae-admin dossier} as shipped, on a running system, and the verifier as its reader. */
@NullMarked
package org.hikae.it.dossier;

import org.jspecify.annotations.NullMarked;
