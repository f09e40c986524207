/** The root in files that are encrypted under a passphrase. It knows no token. */
@NullMarked
package org.hikae.vault.root.software;

import org.jspecify.annotations.NullMarked;
