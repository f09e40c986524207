/**
 * Byte formats of protocol HK1 that the portal may see: identifiers, transcripts, the headers of
 * wraps, object lists and snapshot stubs. Nothing here can open anything; sealing and opening live
 * in the device, evaluation in the vault. The version is the package name: HK2 would be a new
 * package, and this one would then only read.
 */
@NullMarked
package org.hikae.hk1;

import org.jspecify.annotations.NullMarked;
