/**
 * What a device and the Backup Key Vault say to each other. The portal relays these bytes and can
 * read none of them but the outer envelope: everything else is sealed between device and vault.
 * Encodings are field sequences of {@link org.hikae.hk1.Transcript}; readers refuse anything of
 * another form.
 */
@NullMarked
package org.hikae.vault.wire;

import org.jspecify.annotations.NullMarked;
