/**
 * The root in a hardware token behind PKCS#11, from which no key comes out. It knows no root in
 * files.
 */
@NullMarked
package org.hikae.vault.root.pkcs11;

import org.jspecify.annotations.NullMarked;
