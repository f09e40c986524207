/**
 * Where the bytes of objects lie. The bytes are ciphertext made by a device; nothing here, and
 * nobody who holds this table, can open them. The portal's records about objects (who owns them,
 * how large they are) are in {@code org.hikae.backup.entity}; a store knows only keys and bytes.
 */
@NullMarked
package org.hikae.backup.store;

import org.jspecify.annotations.NullMarked;
